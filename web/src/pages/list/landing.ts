/** What was carried by keys has the focus where it comes to lie, and again where it is sent back to. */
import type { DragEndEvent } from '@dnd-kit/core';
import { useEffect, useRef, type RefObject } from 'react';

let carried: string | null = null;

const goOn = (): void => {
  carried = null;
};

/** Something was let go: until the reader goes on, its focus follows it. */
export function letGo({ active, activatorEvent }: Pick<DragEndEvent, 'active' | 'activatorEvent'>): void {
  carried = activatorEvent instanceof KeyboardEvent ? String(active.id) : null;
  if (carried) for (const kind of ['keydown', 'pointerdown']) window.addEventListener(kind, goOn, { once: true, capture: true });
}

/** For the part of a record's card that takes the focus. */
export function useLanding<Part extends HTMLElement>(id: string): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    if (carried === id && document.activeElement === document.body) part.current?.focus({ preventScroll: true });
  }, [id]);
  return part;
}
