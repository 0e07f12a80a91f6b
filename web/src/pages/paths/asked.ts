/** What the path finder is asked, as its address carries it. */
import { words } from '@/lib/given';

export const MEASURES = ['introduction', 'strongest', 'shortest', 'cheapest'] as const;
export type By = (typeof MEASURES)[number];

export interface PathSearch {
  from?: string;
  to?: string;
  by?: By;
  first?: number;
  hops?: number;
  via?: string[];
  costs?: Record<string, number>;
  asOf?: string;
  /** Which of the ways found is looked at. */
  way?: number;
}

export interface Asked {
  from: string;
  to: string;
  by: By;
  first: number;
  hops: number;
  via: string[];
  costs: Record<string, number>;
  asOf: string;
}

export const COUNTS = [1, 3, 5, 10] as const;
export const MOST_HOPS = 8;

const whole = (value: unknown, least: number, most: number): number | undefined =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most ? (value as number) : undefined;

export function pathSearch(given: Record<string, unknown>): PathSearch {
  const asOf = words(given.asOf);
  const via = Array.isArray(given.via) ? given.via.filter((each): each is string => typeof each === 'string') : [];
  const found: Record<keyof PathSearch, unknown> = {
    from: words(given.from),
    to: words(given.to),
    by: MEASURES.find((each) => each === given.by),
    first: whole(given.first, 1, 50),
    hops: whole(given.hops, 1, 10),
    via: via.length ? via : undefined,
    costs: costsOf(given.costs),
    asOf: asOf && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : undefined,
    way: whole(given.way, 1, 50),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as PathSearch;
}

function costsOf(given: unknown): Record<string, number> | undefined {
  if (!given || typeof given !== 'object') return undefined;
  const kept = Object.entries(given).filter((each): each is [string, number] => typeof each[1] === 'number' && each[1] >= 0);
  return kept.length ? Object.fromEntries(kept) : undefined;
}

/** With what holds where the address says nothing. */
export const askedBy = (search: PathSearch): Asked => ({
  from: search.from ?? '',
  to: search.to ?? '',
  by: search.by ?? 'introduction',
  first: search.first ?? 3,
  hops: search.hops ?? 4,
  via: search.via ?? [],
  costs: search.costs ?? {},
  asOf: search.asOf ?? '',
});
