import { useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { onPrinting } from '@/lib/usePrinting';

/** How large the place of a drawing is, as it is now: on the screen, or on the paper that is about to be printed. */
export function useSize(): [RefObject<HTMLDivElement | null>, { width: number; height: number }] {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }));
    if (box.current) seen.observe(box.current);
    const forget = onPrinting(() => {
      const { clientWidth: width = 0, clientHeight: height = 0 } = box.current ?? {};
      if (width) flushSync(() => setSize({ width, height }));
    });
    return () => {
      seen.disconnect();
      forget();
    };
  }, []);
  return [box, size];
}
