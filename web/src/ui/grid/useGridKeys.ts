import { useCallback, useState, type KeyboardEvent } from 'react';
import { pressed, whichOf, type KeyId } from '@/lib/keys';
import { isRightToLeft, settings } from '@/lib/settings';

export interface Place {
  row: number;
  column: number;
}

const PAGE_ROWS = 20;
/** The step that each declared key takes, and whether it takes it as far as it goes. */
const STEPS = {
  'list.next': ['ArrowDown', false],
  'list.previous': ['ArrowUp', false],
  'list.right': ['ArrowRight', false],
  'list.left': ['ArrowLeft', false],
  'list.rowStart': ['Home', false],
  'list.rowEnd': ['End', false],
  'list.first': ['Home', true],
  'list.last': ['End', true],
  'list.pageDown': ['PageDown', false],
  'list.pageUp': ['PageUp', false],
} as const satisfies Partial<Record<KeyId, readonly [string, boolean]>>;
const WALKED = Object.keys(STEPS) as (keyof typeof STEPS)[];

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
      if (pressed(event, 'list.act')) {
        event.preventDefault();
        act(at);
        return;
      }
      const further = pressed(event, 'list.pickTo');
      if (pick && (further || pressed(event, 'list.pick'))) {
        event.preventDefault();
        pick(at.row, further);
        return;
      }
      if (pickAll && pressed(event, 'list.pickAll')) {
        event.preventDefault();
        pickAll();
        return;
      }
      const step = whichOf(event, WALKED);
      if (!step) return;
      const [key, far] = STEPS[step];
      const next = moved(key, at, rows, columns, isRightToLeft(settings().language), far);
      if (!next) return;
      event.preventDefault();
      setAt(next);
      goTo(next);
    },
    [at, rows, columns, goTo, act, pick, pickAll],
  );
  return { at, setAt, onKeyDown };
}
