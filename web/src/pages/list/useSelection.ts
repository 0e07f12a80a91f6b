import { useCallback, useMemo, useRef, useState } from 'react';
import type { Row } from '@/meta/rows';

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
export function picked(rows: readonly Chosen[], before: ReadonlyMap<string, Chosen>, index: number, from: number | null): Map<string, Chosen> {
  const after = new Map(before);
  const row = rows[index];
  if (!row) return after;
  if (from === null) {
    if (!after.delete(row.id)) after.set(row.id, row);
    return after;
  }
  for (const each of rows.slice(Math.min(from, index), Math.max(from, index) + 1)) after.set(each.id, each);
  return after;
}

/** The rows of a list that the reader has chosen, by pointer or by keyboard. */
export function useSelection(rows: readonly Row[]): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const last = useRef<number | null>(null);
  const pick = useCallback(
    (index: number, extend: boolean) => {
      const from = extend ? last.current : null;
      setChosen((before) => picked(rows, before, index, from));
      last.current = index;
    },
    [rows],
  );
  const set = useCallback((next: readonly Chosen[]) => setChosen(new Map(next.map((row) => [row.id, row]))), []);
  return useMemo(
    () => ({
      chosen,
      has: (row) => chosen.has(row.id),
      pick,
      pickRow: (row, extend) => pick(rows.findIndex((each) => each.id === row.id), extend),
      all: () => set(rows),
      set,
      clear: () => set([]),
    }),
    [chosen, rows, pick, set],
  );
}
