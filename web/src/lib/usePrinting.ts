import { useSyncExternalStore } from 'react';

let printing = false;

/** What is drawn only as far as it is seen has to be drawn whole before it is put on paper. */
function listen(listener: () => void): () => void {
  const become = (next: boolean) => () => {
    printing = next;
    listener();
  };
  const [before, after] = [become(true), become(false)];
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}

export const usePrinting = (): boolean => useSyncExternalStore(listen, () => printing);
