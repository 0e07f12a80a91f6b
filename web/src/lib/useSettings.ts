import { useMemo, useSyncExternalStore } from 'react';
import { formatOf, type Format } from './format';
import { listen, settings, type Chosen } from './settings';

export const useSettings = (): Chosen => useSyncExternalStore(listen, settings);

/** How this reader sees numbers and days. */
export function useFormat(): Format {
  const chosen = useSettings();
  return useMemo(() => formatOf(chosen), [chosen]);
}
