import { useSyncExternalStore } from 'react';

const narrow = window.matchMedia('(max-width: 760px)');

function listen(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Whether this is a phone, or as narrow as one. */
export const useNarrow = (): boolean => useSyncExternalStore(listen, () => narrow.matches);
