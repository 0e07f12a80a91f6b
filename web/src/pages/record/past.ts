/** Days as places on a slider: pure. */
const DAY_MS = 86_400_000;

export const placeOf = (iso: string): number => Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY_MS);

export const dayAt = (place: number): string => new Date(place * DAY_MS).toISOString().slice(0, 10);

export interface Span {
  first: number;
  last: number;
  /** The days on which something changed. */
  marks: number[];
}

/** From the day since when the record has been known or true until today, and when it changed between. */
export function spanOf(begins: readonly string[], changes: readonly string[], today: string): Span {
  const last = placeOf(today);
  const known = [...begins, ...changes].filter(Boolean).map(placeOf);
  const first = Math.min(last - 1, ...known);
  const marks = [...new Set(known)].filter((place) => place > first && place < last).sort((a, b) => a - b);
  return { first, last, marks };
}
