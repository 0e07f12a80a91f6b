import { useCallback, useMemo, useRef, useState } from 'react';
import type { Row } from '@/meta/rows';
import type { Rows } from './useRows';

type At = (place: number) => Chosen | null | undefined;

/** What is sent of a chosen record. */
export type Chosen = Pick<Row, 'id' | 'version'>;

export interface Selection {
  chosen: ReadonlyMap<string, Chosen>;
  has: (row: Row) => boolean;
  pick: (index: number, extend: boolean) => void;
  pickRow: (row: Row, extend: boolean) => void;
  all: () => void;
  set: (rows: readonly Chosen[]) => void;
  clear: () => void;
}

/** The chosen ones after a row was chosen: turned round by itself, or all from the last one to it. */
export function picked(at: At, before: ReadonlyMap<string, Chosen>, index: number, from: number | null): Map<string, Chosen> {
  const after = new Map(before);
  const row = at(index);
  if (!row) return after;
  if (from === null) {
    if (!after.delete(row.id)) after.set(row.id, row);
    return after;
  }
  for (let place = Math.min(from, index); place <= Math.max(from, index); place++) {
    const each = at(place);
    if (each) after.set(each.id, each);
  }
  return after;
}

/** How many rows from one place to another have not been read. */
export function unread(at: At, index: number, from: number): number {
  let count = 0;
  for (let place = Math.min(from, index); place <= Math.max(from, index); place++) if (!at(place)) count++;
  return count;
}

/** The rows of a list that the reader has chosen, by pointer or by keyboard; only those that are here can be, and `missed` hears of how many
    others lay between. */
export function useSelection({ lines, held, placeOf }: Pick<Rows, 'lines' | 'held' | 'placeOf'>, missed: (count: number) => void): Selection {
  const rows = useRef({ lines, held, placeOf, missed });
  rows.current = { lines, held, placeOf, missed };
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const last = useRef<number | null>(null);
  const pick = useCallback(
    (index: number, extend: boolean) => {
      const from = extend ? last.current : null;
      setChosen((before) => picked(rows.current.lines.at, before, index, from));
      last.current = index;
      const missing = from === null ? 0 : unread(rows.current.lines.at, index, from);
      if (missing) rows.current.missed(missing);
    },
    [],
  );
  const set = useCallback((next: readonly Chosen[]) => setChosen(new Map(next.map((row) => [row.id, row]))), []);
  return useMemo(
    () => ({
      chosen,
      has: (row) => chosen.has(row.id),
      pick,
      pickRow: (row, extend) => pick(rows.current.placeOf(row.id), extend),
      all: () => set(rows.current.held()),
      set,
      clear: () => set([]),
    }),
    [chosen, pick, set],
  );
}
