import { useEffect, useRef, useState, type RefObject } from 'react';

/** How large the place of a drawing is, as it is now. */
export function useSize(): [RefObject<HTMLDivElement | null>, { width: number; height: number }] {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }));
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return [box, size];
}
