/** Which types the navigation shows at once: kept in this browser, for it is this person's way of looking. */
import { useSyncExternalStore } from 'react';

export interface Shown {
  /** Whether types without records are shown as well. */
  all: boolean;
  /** Types that this person made: a type has no record in its first minute, and that is when it is looked for. */
  made: readonly string[];
}

const PLACE = 'xrm.types';
const FEW = 2;
const NONE: Shown = { all: false, made: [] };
const listeners = new Set<() => void>();
let shown = kept();

function kept(): Shown {
  try {
    const { all, made } = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Shown>;
    return { all: all === true, made: Array.isArray(made) ? made : [] };
  } catch {
    return NONE;
  }
}

function set(next: Shown): void {
  shown = next;
  localStorage.setItem(PLACE, JSON.stringify(next));
  listeners.forEach((tell) => tell());
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

export const showAllTypes = (all: boolean): void => set({ ...shown, all });

export const showMade = (names: readonly string[]): void => {
  if (names.length) set({ ...shown, made: [...new Set([...shown.made, ...names])] });
};

export const useTypesShown = (): Shown => useSyncExternalStore(listen, () => shown);

/** Types in sight and those behind one button: the ones without a record, where there are others and enough of them to be in the way. */
export function inSight<T extends { name: string }>(
  types: readonly T[],
  counts: Readonly<Record<string, number>> | undefined,
  always: readonly string[],
): { first: readonly T[]; more: readonly T[] } {
  const bare = ({ name }: T): boolean => counts?.[name] === 0 && !always.includes(name);
  const more = types.filter(bare);
  return more.length > FEW && more.length < types.length ? { first: types.filter((type) => !bare(type)), more } : { first: types, more: [] };
}
