/** One operation of the GraphQL API over HTTP: its data, or a Failure. */
import { settings, zoneOf } from '@/lib/settings';
import { dataOf, MEDIA } from './answers';
import { Failure } from './failures';

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
  return dataOf<T>(response);
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
