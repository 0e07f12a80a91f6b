import { useRef, useState, type PointerEvent } from 'react';

const STILL_PX = 4;

/** A thing that is pulled along a line: how far it is now, and how far it was when it was let go. */
export function usePull({ enabled, dropped }: { enabled: boolean; dropped: (pixels: number) => void }) {
  const [by, setBy] = useState(0);
  const from = useRef<number | null>(null);
  const end = (pixels: number): void => {
    from.current = null;
    setBy(0);
    if (Math.abs(pixels) > STILL_PX) dropped(pixels);
  };
  const on = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (!enabled || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = event.clientX;
    },
    onPointerMove: (event: PointerEvent) => from.current !== null && setBy(event.clientX - from.current),
    onPointerUp: (event: PointerEvent) => from.current !== null && end(event.clientX - from.current),
    onPointerCancel: () => end(0),
  };
  return { by, on };
}
