/** Whether the cheat sheet is open: it is opened by a key, from the palette, from the reader's menu and from the settings. */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let open = false;

export function showKeys(next: boolean): void {
  open = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useKeysShown = (): boolean => useSyncExternalStore(listen, () => open);
