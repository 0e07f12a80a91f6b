import { useCallback, useState, type KeyboardEvent } from 'react';
import { isRightToLeft, settings } from '@/lib/settings';

export interface Place {
  row: number;
  column: number;
}

const PAGE_ROWS = 20;

/** Where a key leads from a cell; null when it leads nowhere. Arrows go by what is seen, so they turn round in Persian. */
export function moved(key: string, at: Place, rows: number, columns: number, mirrored: boolean, far: boolean): Place | null {
  const on = mirrored ? 'ArrowLeft' : 'ArrowRight';
  const back = mirrored ? 'ArrowRight' : 'ArrowLeft';
  const inside = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return inside(at.row + 1, at.column);
    case 'ArrowUp':
      return inside(at.row - 1, at.column);
    case on:
      return inside(at.row, at.column + 1);
    case back:
      return inside(at.row, at.column - 1);
    case 'PageDown':
      return inside(at.row + PAGE_ROWS, at.column);
    case 'PageUp':
      return inside(at.row - PAGE_ROWS, at.column);
    case 'Home':
      return far ? inside(0, 0) : inside(at.row, 0);
    case 'End':
      return far ? inside(rows - 1, columns - 1) : inside(at.row, columns - 1);
    default:
      return null;
  }
}

interface Given {
  rows: number;
  columns: number;
  goTo: (place: Place) => void;
  act: (place: Place) => void;
  /** Space chooses a row, with Shift all from the last one chosen. */
  pick?: ((row: number, extend: boolean) => void) | undefined;
  /** Ctrl A. */
  pickAll?: (() => void) | undefined;
}

/** The cell that has the focus of the grid, and the keys that move it. */
export function useGridKeys({ rows, columns, goTo, act, pick, pickAll }: Given) {
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.closest('input:not([type=checkbox]), textarea, select')) return;
      if (event.key === 'Enter' || event.key === 'F2') {
        event.preventDefault();
        act(at);
        return;
      }
      const all = event.code === 'KeyA' && (event.ctrlKey || event.metaKey);
      if (pick && (event.key === ' ' || (all && pickAll))) {
        event.preventDefault();
        if (all) pickAll?.();
        else pick(at.row, event.shiftKey);
        return;
      }
      const next = moved(event.key, at, rows, columns, isRightToLeft(settings().language), event.ctrlKey || event.metaKey);
      if (!next) return;
      event.preventDefault();
      setAt(next);
      goTo(next);
    },
    [at, rows, columns, goTo, act, pick, pickAll],
  );
  return { at, setAt, onKeyDown };
}
