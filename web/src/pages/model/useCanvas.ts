/** Moving over a picture that is larger than its frame: drag, wheel, pinch, keys and buttons. */
import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Box } from './layout';

export interface View {
  x: number;
  y: number;
  scale: number;
}

const LEAST = 0.2;
const MOST = 2;
const bounded = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale));

/** The view in which all of a box is seen, never larger than life. */
export function fitted(box: Box, width: number, height: number): View {
  const scale = Math.min(1, bounded(Math.min(width / box.width, height / box.height)));
  return { scale, x: width / 2 - (box.x + box.width / 2) * scale, y: height / 2 - (box.y + box.height / 2) * scale };
}

export function zoomed(view: View, factor: number, at: { x: number; y: number }): View {
  const scale = bounded(view.scale * factor);
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

export function useCanvas(frame: RefObject<HTMLDivElement | null>, box: Box) {
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(false);

  const fit = useCallback(() => {
    const { clientWidth, clientHeight } = frame.current ?? { clientWidth: 0, clientHeight: 0 };
    if (clientWidth) setView(fitted(box, clientWidth, clientHeight));
    moved.current = false;
  }, [frame, box]);

  const zoom = useCallback(
    (factor: number, at?: { x: number; y: number }) => {
      const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
      moved.current = true;
      setView((now) => zoomed(now, factor, at ?? { x: clientWidth / 2, y: clientHeight / 2 }));
    },
    [frame],
  );

  /** Bring a point of the picture into sight. */
  const reveal = useCallback(
    (point: { x: number; y: number }) => {
      const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
      setView((now) => {
        const [x, y] = [point.x * now.scale + now.x, point.y * now.scale + now.y];
        const [airX, airY] = [110 * now.scale, 50 * now.scale];
        if (x > airX && x < clientWidth - airX && y > airY && y < clientHeight - airY) return now;
        return { ...now, x: clientWidth / 2 - point.x * now.scale, y: clientHeight / 2 - point.y * now.scale };
      });
    },
    [frame],
  );

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(() => {
      if (!moved.current) fit();
    });
    watcher.observe(element);
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), { x: event.clientX - left, y: event.clientY - top });
    };
    // React listens passively, and the page must not scroll while the picture grows
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      watcher.disconnect();
      element.removeEventListener('wheel', onWheel);
    };
  }, [frame, fit, zoom]);

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0 || (event.target as Element).closest('button, [data-line]')) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    pointers.current.set(event.pointerId, now);
    moved.current = true;
    const other = others[0];
    if (!other) {
      setView((view) => ({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y }));
      return;
    }
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    zoom(factor, { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top });
  }

  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => void pointers.current.delete(event.pointerId);
  return { view, fit, zoom, reveal, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } };
}
