/** Changes that wait for the line, in the order in which they were made: what is sent next, and what becomes of them. Pure. */
import type { Refusal } from '@/api/failures';

export type Values = Record<string, unknown>;

/** A change as it is asked for. */
export interface Wish {
  /** The mutation, which answers under `done`. */
  query: string;
  /** Reads the record as it is by then, under `record`, with the fields that are changed; empty where a change meets nobody. */
  look: string;
  type: string;
  /** Empty for a new record. */
  id: string;
  title: string;
  version: number | null;
  data: Values;
  /** What the changed fields said before, where that is known. */
  before: Values | null;
}

export interface Waiting extends Wish {
  /** Its idempotency key: however often it is sent, it is done once. */
  key: string;
  at: string;
  state: 'waits' | 'conflict' | 'refused';
  /** It was on its way once: perhaps it arrived. */
  tried: boolean;
  /** Why the server does not take it; null where the record is gone. */
  refusal: Refusal | null;
  /** In a conflict: the record as somebody else has left it. */
  theirs: (Values & { version: number }) | null;
}

export const asWaiting = (wish: Wish, key: string, at: Date, tried = false): Waiting => ({
  ...wish,
  key,
  at: at.toISOString(),
  state: 'waits',
  tried,
  refusal: null,
  theirs: null,
});

export const inputOf = ({ id, version, data }: Wish): Values => ({ ...(id ? { id } : {}), ...(version === null ? {} : { version }), data });

/** The first that can be sent: what stands behind something undecided of its own record waits with it. */
export function nextToSend(waiting: readonly Waiting[]): Waiting | null {
  const held = new Set<string>();
  for (const each of waiting) {
    if (each.state === 'waits' && !held.has(each.id)) return each;
    if (each.id) held.add(each.id);
  }
  return null;
}

/** It is done: those that were made on top of it go on from the version that it became. */
export function afterSent(waiting: readonly Waiting[], sent: Waiting, version: number | null): Waiting[] {
  const onTop = (each: Waiting): boolean => each.id === sent.id && each.id !== '' && each.version === sent.version && sent.version !== null;
  // where others came between, the server compares
  const next = version !== null && version === (sent.version ?? 0) + 1;
  return waiting.filter(({ key }) => key !== sent.key).map((each) => (next && onTop(each) ? { ...each, version } : each));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The fields that they changed as well, to something else than I did. */
export function clashes({ data, before }: Pick<Wish, 'data' | 'before'>, theirs: Values): string[] {
  return Object.keys(data).filter((name) => name in theirs && !same(theirs[name], before?.[name]) && !same(theirs[name], data[name]));
}

/** The record moved on: mine goes onto theirs by itself where no field meets, else somebody has to choose. */
export function afterConflict(entry: Waiting, theirs: Values & { version: number }, key: string): Waiting {
  if (clashes(entry, theirs).length) return { ...entry, state: 'conflict', theirs };
  return onto(entry, theirs, entry.data, key);
}

/** As it was decided: mine without the fields that stay theirs; null where nothing is left of it. */
export function settledWith(entry: Waiting, yielded: ReadonlySet<string>, key: string): Waiting | null {
  const data = Object.fromEntries(Object.entries(entry.data).filter(([name]) => !yielded.has(name)));
  return entry.theirs && Object.keys(data).length ? onto(entry, entry.theirs, data, key) : null;
}

/** Another request than the one before, so under another key. */
function onto(entry: Waiting, theirs: Values & { version: number }, data: Values, key: string): Waiting {
  const before = Object.fromEntries(Object.keys(data).map((name) => [name, theirs[name] ?? null]));
  return { ...entry, key, data, before, version: theirs.version, state: 'waits', tried: false, refusal: null, theirs: null };
}

const OF_LINKS = ['link', 'create', 'update', 'end', 'unlink'];

/** The values of fields among the data of a change; what it does to links can be shown by the server alone. */
export function plainOf(data: Values): Values {
  const ofLinks = (value: unknown): boolean => typeof value === 'object' && value !== null && OF_LINKS.some((verb) => verb in value);
  return Object.fromEntries(Object.entries(data).filter(([, value]) => !ofLinks(value)));
}
