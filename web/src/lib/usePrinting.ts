import { useSyncExternalStore } from 'react';

let printing = false;
const listeners = new Set<() => void>();

/** While it lasts the document is marked, so that what measures itself does so as wide as paper is. */
const become = (next: boolean) => () => {
  printing = next;
  document.documentElement.toggleAttribute('data-paper', next);
  for (const listener of listeners) listener();
};

window.addEventListener('beforeprint', become(true));
window.addEventListener('afterprint', become(false));

/** Calls `listener` before the page is put on paper, and after it; gives back how to end that. */
export function onPrinting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is drawn only as far as it is seen has to be drawn whole before it is put on paper. */
export const usePrinting = (): boolean => useSyncExternalStore(onPrinting, () => printing);
