/** Where the rows of a list of any length lie, and which of them are seen. Pure. */

/** Browsers draw no box that is higher than this (Firefox 17.8 million px, Chromium 33.5): longer lists are shrunk into it. */
export const HIGHEST = 15_000_000;
/** So near to its ends a shrunk list is as long as it is. */
const ENDS = 1_000_000;

/** How high the rows are together, as far as they are drawn, and the window that shows them. */
export interface Room {
  whole: number;
  drawn: number;
  view: number;
}

export const roomOf = (rows: number, height: number, view: number): Room => {
  const whole = rows * height;
  return { whole, drawn: Math.min(whole, HIGHEST), view };
};

/** How much further down in the list than in the box the window is, when it is scrolled to `top`. */
export function shiftAt({ whole, drawn, view }: Room, top: number): number {
  const missing = whole - drawn;
  if (missing <= 0) return 0;
  const last = drawn - view - ENDS;
  return missing * Math.max(0, Math.min(1, (top - ENDS) / (last - ENDS)));
}

/** Where the box is to be scrolled to for the window to begin at `place` of the list. */
export function topFor(room: Room, place: number): number {
  const { whole, drawn, view } = room;
  const missing = whole - drawn;
  const inside = Math.max(0, Math.min(whole - view, place));
  if (missing <= 0 || inside <= ENDS) return inside;
  if (inside >= whole - view - ENDS) return inside - missing;
  const last = drawn - view - ENDS;
  return ENDS + ((inside - ENDS) * (last - ENDS)) / (last - ENDS + missing);
}

/** A move no longer than the window goes on from where it was; a longer one, as by the scrollbar, begins anew. */
export function shiftAfter(room: Room, before: { top: number; shift: number }, top: number): number {
  const missing = Math.max(0, room.whole - room.drawn);
  if (top <= 0) return 0;
  if (top >= room.drawn - room.view) return missing;
  if (Math.abs(top - before.top) > room.view) return shiftAt(room, top);
  return Math.max(0, Math.min(missing, before.shift));
}

export interface Span {
  first: number;
  last: number;
}

/** The rows that are seen and some on either side; `first` is behind `last` where there are none. */
export function spanAt(place: number, view: number, height: number, rows: number, beside: number): Span {
  const first = Math.max(0, Math.floor(place / height) - beside);
  return { first, last: Math.min(rows - 1, Math.ceil((place + view) / height) + beside) };
}
