/** Changes over a bad line: each has a key of its own, so that it can be asked for again when its answer was lost, and is done once. */
import { waitBefore } from '@/lib/backoff';
import { accepted, asFailure, type Problem } from './failures';
import { gql, type Variables } from './gql';
import { isAway } from './line';

const MOST_TRIES = 4;
const FIRST_MS = 400;
const LONGEST_MS = 5000;

/** What every change of records answers. */
export interface Payload {
  changeSet: string | null;
  errors: Problem[];
}

/** A key for a change; random bytes too where the page has no secure context, in which there is no `randomUUID`. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The answer to a change whose result stands under `done`; asked for again, under the same key, while it may have been lost. */
export async function write<T extends Payload>(query: string, input: Variables, key = newKey()): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const { done } = await gql<{ done: T }>(query, { input: { ...input, idempotencyKey: key } });
      return done;
    } catch (error) {
      if (!asFailure(error).passes || isAway() || tries >= MOST_TRIES) throw error;
      await new Promise((go) => setTimeout(go, waitBefore(tries, FIRST_MS, LONGEST_MS)));
    }
  }
}

/** The same, or a Failure with everything that the server found wrong. */
export async function written<T extends Payload>(query: string, input: Variables, key = newKey()): Promise<T> {
  return accepted(await write<T>(query, input, key));
}
