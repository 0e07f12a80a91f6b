import { useEffect, useRef } from 'react';

/** Where the keyboard goes on after one of several was taken away: at the next one, or else where one more is added. Both are selectors. */
export function useLanding(count: number, each: string, otherwise: string): (place: number) => void {
  const landing = useRef<number | null>(null);
  useEffect(() => {
    const place = landing.current;
    landing.current = null;
    if (place === null) return;
    const left = [...document.querySelectorAll<HTMLElement>(each)];
    (left[place] ?? left.at(-1) ?? document.querySelector<HTMLElement>(otherwise))?.focus();
  }, [count, each, otherwise]);
  return (place) => {
    landing.current = place;
  };
}
