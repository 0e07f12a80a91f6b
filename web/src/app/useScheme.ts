import { useSyncExternalStore } from 'react';
import { useSettings } from '@/lib/useSettings';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function listen(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

/** The theme that is shown: the reader's own choice, or the system's as it changes. */
export function useScheme(): 'light' | 'dark' {
  const { theme } = useSettings();
  const system = useSyncExternalStore(listen, () => (dark.matches ? 'dark' : 'light'));
  return theme === 'system' ? system : theme;
}
