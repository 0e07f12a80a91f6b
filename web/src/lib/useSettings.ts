import { useSyncExternalStore } from 'react';
import { formatOf, type Format } from './format';
import { listen, settings, type Chosen } from './settings';

export const useSettings = (): Chosen => useSyncExternalStore(listen, settings);

const formats = new WeakMap<Chosen, Format>();

/** One for all cells and rows: the browser's own formatters take their time to make. */
function formatFor(chosen: Chosen): Format {
  const made = formats.get(chosen) ?? formatOf(chosen);
  formats.set(chosen, made);
  return made;
}

/** How this reader sees numbers and days. */
export const useFormat = (): Format => formatFor(useSettings());
