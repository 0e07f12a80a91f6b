/** Answers that were read lately, put away and found again. */
import { all, clear, get, put, remove } from './database';
import { outgrown, trimmed, OLDEST_MS, type Answer } from './rules';
import { withValues } from './showing';
import { plainOf, type Waiting } from './waiting';

const SWEPT_MS = 60_000;
let swept = 0;

/** Put away; where the browser keeps nothing (some do not in private windows) it is as if nothing had been asked. */
export async function keep(hash: string, basis: boolean, data: unknown): Promise<void> {
  try {
    await put('answers', { hash, basis, at: Date.now(), data: trimmed(data) } satisfies Answer);
    if (Date.now() - swept > SWEPT_MS) await sweep();
  } catch {
    // nothing is promised of a browser without room
  }
}

async function sweep(): Promise<void> {
  swept = Date.now();
  for (const hash of outgrown(await all<Answer>('answers'), swept)) await remove('answers', hash);
}

/** As it was read last, with what has been changed here since; undefined where it was not. */
export async function recall(hash: string): Promise<Answer | undefined> {
  try {
    const found = await get<Answer>('answers', hash);
    if (!found || Date.now() - found.at > OLDEST_MS) return undefined;
    const waiting = await all<Waiting>('waiting');
    const data = waiting.sort(byTime).reduce((now, { id, data: values }) => (id ? withValues(now, id, plainOf(values)) : now), found.data);
    return { ...found, data };
  } catch {
    return undefined;
  }
}

export const byTime = (a: Waiting, b: Waiting): number => a.at.localeCompare(b.at);

export const forgetAnswers = (): Promise<unknown> => clear('answers').catch(() => undefined);
