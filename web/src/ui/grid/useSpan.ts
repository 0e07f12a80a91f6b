import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { roomOf, shiftAfter, spanAt, topFor, type Span } from './span';

/** So long after the last move the scrollbar is put where it belongs in a list that is shrunk. */
const RESTS_MS = 150;

interface Given {
  box: RefObject<HTMLElement | null>;
  rows: number;
  height: number;
  /** What lies over the rows at the top and the bottom of the box. */
  head?: number;
  foot?: number;
  beside: number;
  /** The row to begin at, and which list this is: another one is shown from its beginning. */
  from?: number | undefined;
  list?: string | undefined;
}

export interface Spanned extends Span {
  /** Where a row begins in the box. */
  topOf: (row: number) => number;
  /** How high the box of the rows is. */
  drawn: number;
  /** The row at the top of what is seen. */
  at: number;
  /** Bring a row into view, by no more than is needed. */
  show: (row: number) => void;
}

/** Which rows of a list are seen, and where they lie; all rows are equally high. */
export function useSpan({ box, rows, height, head = 0, foot = 0, beside, from = 0, list }: Given): Spanned {
  const [view, setView] = useState(() => window.innerHeight);
  const room = roomOf(rows, height, view);
  const moved = useRef({ top: 0, shift: 0 });
  const [place, setPlace] = useState(() => from * height);
  const started = useRef(from === 0);
  const now = useRef({ room, height });
  now.current = { room, height };

  const jump = useCallback(
    (to: number) => {
      const element = box.current;
      if (!element) return;
      const { whole, view: seen } = now.current.room;
      const next = Math.max(0, Math.min(whole - seen, to));
      element.scrollTop = topFor(now.current.room, next);
      moved.current = { top: element.scrollTop, shift: next - element.scrollTop };
      setPlace(next);
    },
    [box],
  );

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setView(Math.max(0, element.clientHeight - head - foot));
    const watch = new ResizeObserver(measure);
    measure();
    watch.observe(element);
    return () => watch.disconnect();
  }, [box, head, foot]);

  // back and forward lead to where the list was left, as soon as it is long enough
  useLayoutEffect(() => {
    if (started.current || rows <= from) return;
    started.current = true;
    jump(from * height);
  }, [rows, from, height, jump]);

  const shownList = useRef(list);
  useLayoutEffect(() => {
    if (shownList.current !== list) jump(0);
    shownList.current = list;
  }, [list, jump]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let shown = '';
    const settle = (): void => {
      const { room: inside } = now.current;
      if (inside.whole > inside.drawn) jump(moved.current.top + moved.current.shift);
    };
    const onScroll = (): void => {
      const top = element.scrollTop;
      const shift = shiftAfter(now.current.room, moved.current, top);
      moved.current = { top, shift };
      // only when other rows come into view is anything drawn anew
      const drawn = `${Math.floor((top + shift) / now.current.height)} ${shift}`;
      if (drawn !== shown) flushSync(() => setPlace(top + shift));
      shown = drawn;
      clearTimeout(rest);
      rest = setTimeout(settle, RESTS_MS);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      element.removeEventListener('scroll', onScroll);
    };
  }, [box, jump]);

  const show = useCallback(
    (row: number) => {
      const { top, shift } = moved.current;
      const { room: inside, height: each } = now.current;
      const [start, end] = [row * each, (row + 1) * each];
      if (start < top + shift) jump(start);
      else if (end > top + shift + inside.view) jump(end - inside.view);
    },
    [jump],
  );

  const { shift } = moved.current;
  return { ...spanAt(place, view, height, rows, beside), topOf: (row) => row * height - shift, drawn: room.drawn, at: Math.floor(place / height), show };
}
