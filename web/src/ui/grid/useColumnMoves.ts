import { useCallback, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { pressed } from '@/lib/keys';
import { isRightToLeft, settings } from '@/lib/settings';

/** The first column names the record and stays where it is. */
const FIRST = 1;
/** How far a pointer goes before it carries a head rather than presses it, in pixels. */
const SLACK = 6;

/** A head on its way, and the place it would have if it were let go. */
export interface Carried {
  from: number;
  over: number;
}

/** Where a column goes that is sent to `to`: never before the first, never past the last; null where it already stands. */
export function placed(from: number, to: number, columns: number): number | null {
  const place = Math.max(FIRST, Math.min(columns - 1, to));
  return from < FIRST || place === from ? null : place;
}

const placeUnder = (event: PointerEvent): number | null => {
  const head = document.elementFromPoint(event.clientX, event.clientY)?.closest('.grid-head [role=columnheader]');
  return head ? Number(head.getAttribute('aria-colindex')) - 1 : null;
};

/** Columns put elsewhere: their heads are carried by a mouse or a pen, or sent by Shift and the arrow keys. */
export function useColumnMoves(columns: readonly { key: string; onMove?: (to: number) => string }[]) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const [said, setSaid] = useState('');
  const begun = useRef<{ at: number; from: number } | null>(null);

  const put = useCallback(
    (from: number, to: number): boolean => {
      const place = placed(from, to, columns.length);
      const move = columns[from]?.onMove;
      if (place === null || !move) return false;
      setSaid(move(place));
      return true;
    },
    [columns],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>, place: number) => {
      const step = pressed(event, 'list.columnRight') ? 1 : pressed(event, 'list.columnLeft') ? -1 : 0;
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const { currentTarget } = event;
      // the head is put elsewhere in the page, which takes the focus from it
      if (put(place, place + (isRightToLeft(settings().language) ? -step : step))) requestAnimationFrame(() => currentTarget.querySelector('button')?.focus());
    },
    [put],
  );

  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>, place: number) => {
    const onEdge = event.target instanceof Element && event.target.closest('.grid-edge');
    // a finger scrolls the table; it has the menu of columns
    begun.current = onEdge || event.button !== 0 || event.pointerType === 'touch' ? null : { at: event.clientX, from: place };
  }, []);

  const onPointerMove = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const start = begun.current;
      if (!start || (!carried && Math.abs(event.clientX - start.at) < SLACK)) return;
      // once it is held here, letting go is no press of the button below
      event.currentTarget.setPointerCapture(event.pointerId);
      setCarried({ from: start.from, over: placed(start.from, placeUnder(event) ?? start.from, columns.length) ?? start.from });
    },
    [carried, columns.length],
  );

  const end = useCallback(
    (keep: boolean) => {
      begun.current = null;
      if (keep && carried) put(carried.from, carried.over);
      setCarried(null);
    },
    [carried, put],
  );
  return { carried, said, onKeyDown, onPointerDown, onPointerMove, end };
}
