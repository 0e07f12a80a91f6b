/** One question to XRM from a page of another origin: with a token, never with a cookie. */
import { dataOf } from '@/api/answers';
import { MEDIA } from '@/api/first';
import { asFailure, Failure } from '@/api/failures';
import type { XrmToken } from './public';

export interface Question {
  /** The address of XRM. */
  server: string;
  token: XrmToken | null;
  query: string;
  variables: Readonly<Record<string, unknown>>;
  timeZone: string;
  signal: AbortSignal;
}

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 500;

/** The answer's data, or a Failure. What passes by itself is tried again, ever slower. */
export async function asked<T>(question: Question): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await askedOnce<T>(question);
    } catch (error) {
      if (question.signal.aborted || tries === MOST_TRIES || !asFailure(error).passes) throw error;
      await new Promise((go) => setTimeout(go, FIRST_WAIT_MS * 2 ** (tries - 1)));
    }
  }
}

/** A refused token is asked for anew once. */
async function askedOnce<T>(question: Question): Promise<T> {
  const { token } = question;
  let response = await sent(question, await shown(token, false));
  if (response.status === 401 && typeof token === 'function') response = await sent(question, await shown(token, true));
  if (response.status === 401) throw new Failure('not_signed_in', '', response.headers.get('x-request-id') ?? '');
  return dataOf<T>(response);
}

async function shown(token: XrmToken | null, refused: boolean): Promise<string> {
  if (typeof token !== 'function') return token ?? '';
  try {
    return await token({ refused });
  } catch (error) {
    throw new Failure('not_signed_in', String(error));
  }
}

async function sent({ server, query, variables, timeZone, signal }: Question, token: string): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: MEDIA, 'time-zone': timeZone };
  if (token) headers.authorization = `Bearer ${token}`;
  const request: RequestInit = { method: 'POST', headers, body: JSON.stringify({ query, variables }), credentials: 'omit', signal };
  try {
    return await fetch(new URL('graphql', server), request);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Failure('offline', String(error));
  }
}

/** An address that others can be told from, with the slash at its end that makes it a folder. */
export const folderOf = (address: string, page: string): string => new URL(address.endsWith('/') ? address : `${address}/`, page).href;
