/** Which questions make the scene of an address, in their order. Pure. */
import type { Around } from '@/api/first';
import type { ExploreSearch } from './address';

export const MOST_AROUND_ONE = 60;
export const MOST_AROUND_MANY = 200;
export const MOST_GROWN = 40;

/** The graph itself, as much of it as is asked for. */
const wholeOf = ({ whole }: ExploreSearch): Around | null => (whole ? { ids: [], hops: 0, most: whole } : null);

/** The start: what is linked with them; among many only the links between them. */
export function startOf({ from = [], hops }: ExploreSearch): Around | null {
  if (!from.length) return null;
  const far = hops ?? (from.length > 20 ? 0 : 1);
  return { ids: from, hops: far, most: from.length === 1 ? MOST_AROUND_ONE * far : Math.max(MOST_AROUND_MANY, from.length) };
}

/** `id` or `id RELATION`. */
export function growthOf(step: string): Around {
  const [id = '', relation] = step.split(' ');
  return { ids: [id], hops: 1, most: MOST_GROWN + 1, ...(relation && { relations: [relation] }) };
}

export const stepsOf = (search: ExploreSearch): Around[] => [...[wholeOf(search), startOf(search)].filter((step) => step !== null), ...(search.grow ?? []).map(growthOf)];

export const pairsOf = (search: ExploreSearch): [string, string][] =>
  (search.ways ?? []).flatMap((pair) => {
    const [a, b] = pair.split(' ');
    return a && b ? [[a, b] as [string, string]] : [];
  });
