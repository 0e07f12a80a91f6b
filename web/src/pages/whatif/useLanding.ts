import { useEffect, useRef, type RefObject } from 'react';

/** Where the keyboard goes on after something was taken back: at the next one, or else where one more is added. */
export function useLanding(count: number): { box: RefObject<HTMLElement | null>; land: (place: number) => void } {
  const box = useRef<HTMLElement>(null);
  const landing = useRef<number | null>(null);
  useEffect(() => {
    const place = landing.current;
    landing.current = null;
    if (place === null) return;
    const left = [...(box.current?.querySelectorAll<HTMLElement>('.supposed button') ?? [])];
    (left[place] ?? left.at(-1) ?? box.current?.querySelector<HTMLElement>('[aria-pressed=true]'))?.focus();
  }, [count]);
  return { box, land: (place) => (landing.current = place) };
}
