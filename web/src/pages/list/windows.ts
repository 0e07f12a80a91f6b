/** Which rows of a list are asked for, and from where: the nearest place in it whose cursor is known. Pure. */

/** Rows of one window. */
export const WINDOW = 100;
/** So near to an end of the list rows are counted from there, which is right whatever has changed meanwhile. */
const FROM_ENDS = 5_000;

/** So many rows from an end are passed over in the time of one behind a cursor, which has to be compared with each. */
const FROM_CURSOR = 5;

export const windowOf = (row: number): number => Math.floor(row / WINDOW);

/** A place between two rows that a cursor leads to: `behind` is that of the row before it, `before` that of the row after. */
export interface Anchor {
  at: number;
  behind?: string;
  before?: string;
}

/** What a window is asked with. */
export interface Asking {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
  skip?: number;
}

const passing = (skip: number): { skip?: number } => (skip > 0 ? { skip } : {});

/** How a window is reached soonest, by the rows that are passed over; `count` is the length of the list, -1 while it is not known. */
export function askingFor(window: number, count: number, anchors: readonly Anchor[]): Asking {
  const from = window * WINDOW;
  const size = count < 0 ? WINDOW : Math.max(1, Math.min(WINDOW, count - from));
  const rest = count < 0 ? Infinity : Math.max(0, count - from - size);
  if (from <= FROM_ENDS) return { first: WINDOW, ...passing(from) };
  if (rest <= FROM_ENDS) return { last: size, ...passing(rest) };
  const ends: { skip: number; asking: Asking }[] = [{ skip: from, asking: { first: WINDOW } }, { skip: rest, asking: { last: size } }];
  let best = ends.map((end) => ({ ...end, cost: end.skip })).reduce((one, other) => (other.cost < one.cost ? other : one));
  for (const { at, behind, before } of anchors) {
    const [onward, back] = [from - at, at - from - size];
    if (behind && onward >= 0 && onward * FROM_CURSOR < best.cost) best = { skip: onward, cost: onward * FROM_CURSOR, asking: { first: size, after: behind } };
    if (before && back >= 0 && back * FROM_CURSOR < best.cost) best = { skip: back, cost: back * FROM_CURSOR, asking: { last: size, before } };
  }
  return { ...best.asking, ...passing(best.skip) };
}

/** The windows of some rows, then those that may be looked at next. */
export function windowsOf(first: number, last: number, length: number, ahead = 0.5): number[] {
  const beside = Math.round(WINDOW * ahead);
  const seen = between(first, last, length);
  return seen.length ? [...new Set([...seen, ...between(first - beside, last + beside, length)])] : [];
}

function between(first: number, last: number, length: number): number[] {
  const [from, to] = [windowOf(Math.max(0, first)), windowOf(Math.min(length - 1, last))];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Rungs lie so far apart, and are worth it in lists longer than a few of them. */
export const RUNG = 10_000;

/** The places whose cursors are fetched beforehand, so that no jump passes over more than half of what lies between them. */
export const rungsOf = (count: number): number => (count > 3 * RUNG ? Math.ceil(count / RUNG) - 1 : 0);
