/** One operation of the GraphQL API over HTTP: its data, or a Failure. */
import { settings, zoneOf } from '@/lib/settings';
import { dataOf } from './answers';
import { early } from './early';
import { Failure } from './failures';
import { MEDIA } from './first';
import { answered, doubt } from './line';

/** Longer than the server lets anything take: what has not come by then is lost. */
const LOST_MS = 60_000;

export type Variables = Record<string, unknown>;

let whenStranger: () => void = () => undefined;

/** What is done when the session has ended. */
export function onStranger(action: () => void): void {
  whenStranger = action;
}

export async function gql<T>(query: string, variables: Variables = {}, signal?: AbortSignal): Promise<T> {
  const response = (await early({ query, variables })) ?? (await sent('/graphql', { query, variables }, signal));
  if (response.status === 401) {
    whenStranger();
    throw new Failure('not_signed_in', '');
  }
  return dataOf<T>(response);
}

/** A POST of JSON to this server; Failure `offline` when it cannot be reached, when it is known whether the line is away. */
export async function sent(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: MEDIA, 'time-zone': zoneOf(settings()) };
  const lost = AbortSignal.timeout(LOST_MS);
  const until = signal ? AbortSignal.any([signal, lost]) : lost;
  try {
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin', signal: until });
    answered();
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    await doubt();
    throw new Failure('offline', String(error));
  }
}
