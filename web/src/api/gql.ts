/** One operation of the GraphQL API over HTTP: its data, or a Failure. */
import { settings, zoneOf } from '@/lib/settings';
import { dataOf } from './answers';
import { early } from './early';
import { Failure } from './failures';
import { MEDIA } from './first';
import { answered, doubt, isAway } from './line';

/** Longer than the server lets anything take: what has not come by then is lost. */
const LOST_MS = 60_000;
/** After so long without a word it is asked whether the server is there at all. */
const SILENT_MS = 8000;
/** As many requests as a browser has under way to one server; the next one waits for its turn, and its silence says nothing. */
const MOST_AT_ONCE = 6;

let underWay = 0;

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
  const silence = silent();
  const until = AbortSignal.any([AbortSignal.timeout(LOST_MS), silence.signal, ...(signal ? [signal] : [])]);
  underWay++;
  try {
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin', signal: until });
    answered();
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    if (!silence.signal.aborted) await doubt();
    throw new Failure('offline', String(error));
  } finally {
    underWay--;
    silence.over();
  }
}

/** Gives a request up when it has had no answer for long, and neither has a question whether the server is there. */
function silent(): { signal: AbortSignal; over: () => void } {
  const gone = new AbortController();
  const timer = setTimeout(async () => {
    if (underWay >= MOST_AT_ONCE) return;
    await doubt();
    if (isAway()) gone.abort();
  }, SILENT_MS);
  return { signal: gone.signal, over: () => clearTimeout(timer) };
}
