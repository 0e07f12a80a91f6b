/** One operation of the GraphQL API over HTTP: its data, or a Failure. */
import { settings, zoneOf } from '@/lib/settings';
import { Failure, type Problem } from './failures';

const MEDIA = 'application/graphql-response+json';

interface Told {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; correlationId?: string };
}

interface Answer<T> {
  data?: T | null;
  errors?: Told[];
  error?: { code: string; message: string };
}

export type Variables = Record<string, unknown>;

let whenStranger: () => void = () => undefined;

/** What is done when the session has ended. */
export function onStranger(action: () => void): void {
  whenStranger = action;
}

export async function gql<T>(query: string, variables: Variables = {}, signal?: AbortSignal): Promise<T> {
  const response = await sent('/graphql', { query, variables }, signal);
  if (response.status === 401) {
    whenStranger();
    throw new Failure('not_signed_in', '');
  }
  const answer = await read<T>(response);
  if (answer.errors?.length || !answer.data) throw refused(answer, response);
  return answer.data;
}

/** A POST of JSON to this server; Failure `offline` when it cannot be reached. */
export async function sent(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: MEDIA, 'time-zone': zoneOf(settings()) };
  const request: RequestInit = { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin' };
  try {
    return await fetch(path, signal ? { ...request, signal } : request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure('offline', String(error));
  }
}

async function read<T>(response: Response): Promise<Answer<T>> {
  try {
    return (await response.json()) as Answer<T>;
  } catch {
    throw new Failure(response.status >= 500 ? 'unavailable' : 'unexpected', '', idOf(response));
  }
}

function refused(answer: Answer<unknown>, response: Response): Failure {
  const told = answer.errors ?? [];
  const first = told[0];
  const code = first?.extensions?.code ?? answer.error?.code ?? 'unexpected';
  const message = first?.message ?? answer.error?.message ?? '';
  return new Failure(code, message, first?.extensions?.correlationId ?? idOf(response), told.map(problemOf));
}

const idOf = (response: Response): string => response.headers.get('x-request-id') ?? '';

const problemOf = (told: Told): Problem => ({
  code: told.extensions?.code ?? 'unexpected',
  message: told.message,
  path: told.path ?? [],
});
