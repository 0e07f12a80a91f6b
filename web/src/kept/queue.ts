/** The changes that wait, as every part of the page and every window sees them; sent one after the other when the line is there. */
import { useSyncExternalStore } from 'react';
import { asFailure } from '@/api/failures';
import { gql } from '@/api/gql';
import { isAway } from '@/api/line';
import { newKey, write, type Payload } from '@/api/writing';
import { byTime } from './answers';
import { all, put, remove } from './database';
import { afterConflict, afterSent, asWaiting, inputOf, nextToSend, settledWith, type Values, type Waiting, type Wish } from './waiting';

interface Done extends Payload {
  record?: { id: string; version: number } | null;
}

/** What passes by itself, or when the reader has signed in again. */
const LATER = new Set(['offline', 'unavailable', 'timed_out', 'not_signed_in']);
const ALONE = 'xrm-waiting';

const listeners = new Set<() => void>();
const windows = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(ALONE);
let waiting: readonly Waiting[] = [];

export const waitingNow = (): readonly Waiting[] => waiting;

export function listenToWaiting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useWaiting = (): readonly Waiting[] => useSyncExternalStore(listenToWaiting, waitingNow);

function become(next: readonly Waiting[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** What was kept, here or by another window. */
export async function load(): Promise<void> {
  become((await all<Waiting>('waiting').catch(() => [])).sort(byTime));
}

if (windows) windows.onmessage = () => void load();

/** The list as it is from now on, in the browser's database too. */
async function keep(next: readonly Waiting[]): Promise<void> {
  const [before, after] = [waiting, new Set(next)];
  const stays = new Set(next.map(({ key }) => key));
  become(next);
  for (const each of before) if (!stays.has(each.key)) await remove('waiting', each.key);
  for (const each of after) if (!before.includes(each)) await put('waiting', each);
  windows?.postMessage('changed');
}

/** A change is kept until the line is there; its key takes it back. */
export async function hold(wish: Wish, key = newKey(), tried = false): Promise<string> {
  await keep([...waiting, asWaiting(wish, key, new Date(), tried)]);
  return key;
}

export const waitsFor = (id: string): boolean => id !== '' && waiting.some((each) => each.id === id);

export const drop = (key: string): Promise<void> => keep(waiting.filter((each) => each.key !== key));

/** Those fields stay theirs; the rest of the change is sent on top of what they have saved. */
export function settle(key: string, yielded: ReadonlySet<string>): Promise<void> {
  return keep(waiting.flatMap((each) => (each.key === key ? (settledWith(each, yielded, newKey()) ?? []) : [each])));
}

/** Send what can be sent; hears of each record that was changed. One window does it for all. */
export async function flush(onSent: (sent: Waiting) => void): Promise<void> {
  const act = async () => {
    await load();
    for (let next = nextToSend(waiting); next && !isAway(); next = nextToSend(waiting)) {
      if (!(await send(next, onSent))) return;
    }
  };
  if ('locks' in navigator) await navigator.locks.request(ALONE, { ifAvailable: true }, (lock) => (lock ? act() : undefined));
  else await act();
}

const replaced = (before: Waiting, after: Waiting): Promise<void> => keep(waiting.map((each) => (each.key === before.key ? after : each)));

/** Whether the next one may be sent. */
async function send(entry: Waiting, onSent: (sent: Waiting) => void): Promise<boolean> {
  const now = { ...entry, tried: true };
  await replaced(entry, now);
  try {
    const done = await write<Done>(now.query, inputOf(now), now.key);
    const first = done.errors[0];
    if (!first) {
      await keep(afterSent(waiting, now, done.record?.version ?? null));
      onSent(now);
    } else if (first.code === 'version_conflict' && now.look) {
      await replaced(now, await compared(now));
    } else {
      await replaced(now, { ...now, state: 'refused', refusal: { code: first.code, message: first.message, problems: done.errors } });
    }
    return true;
  } catch (error) {
    const failure = asFailure(error);
    if (LATER.has(failure.code)) return false;
    await replaced(now, { ...now, state: 'refused', refusal: { code: failure.code, message: failure.message, problems: failure.problems } });
    return true;
  }
}

async function compared(entry: Waiting): Promise<Waiting> {
  const { record } = await gql<{ record: (Values & { version: number }) | null }>(entry.look, { id: entry.id });
  if (!record) return { ...entry, state: 'refused', refusal: null };
  return afterConflict(entry, record, newKey());
}
