/** The state of the explorer that its address carries, so that back, forward and a sent link work. Pure. */
import { WHOLES } from '@/api/first';
import type { Group } from '@/graph/groups';
import { COLOURINGS, LAYOUTS, SIZINGS, type Colouring, type Layout, type Sizing } from '@/graph/choices';
import type { Showing, ValueFilter } from '@/graph/showing';
import { words } from '@/lib/given';

export interface ExploreSearch {
  /** The records it began with. */
  from?: string[];
  hops?: number;
  /** So many records of the graph itself, those with the most links. */
  whole?: number;
  /** What was expanded, in order: a record, or a record and a relation. */
  grow?: string[];
  /** Pairs of records between which ways were asked for. */
  ways?: string[];
  /** Records whose likely links were asked for. */
  likely?: string[];
  off?: string[];
  without?: string[];
  hide?: string[];
  /** Records that are drawn as one disc. */
  group?: Group[];
  value?: ValueFilter;
  day?: string;
  linked?: boolean;
  layout?: Layout;
  size?: Sizing;
  color?: Colouring;
  pick?: string;
  /** A saved scene that it came from. */
  scene?: string;
}

const oneOf = <T extends string>(value: unknown, known: readonly T[]): T | undefined => known.find((each) => each === value);

function many(value: unknown): string[] | undefined {
  const given = Array.isArray(value) ? value : [value];
  const found = [...new Set(given.flatMap((each) => words(each) ?? []))];
  return found.length ? found : undefined;
}

function valueFilter(given: unknown): ValueFilter | undefined {
  if (!given || typeof given !== 'object') return undefined;
  const { type, field, values } = given as Record<string, unknown>;
  const [known, named] = [words(type), words(field)];
  return known && named ? { type: known, field: named, values: many(values) ?? [] } : undefined;
}

const LONGEST_NAME = 60;

/** A record is in one group at most, and a group has two at least. */
function groupsFrom(given: unknown): Group[] | undefined {
  const taken = new Set<string>();
  const groups = (Array.isArray(given) ? given : []).flatMap((each: unknown) => {
    const { ids, name } = (each ?? {}) as Record<string, unknown>;
    const own = (many(ids) ?? []).filter((id) => !taken.has(id));
    if (own.length < 2) return [];
    for (const id of own) taken.add(id);
    const called = words(name)?.slice(0, LONGEST_NAME);
    return [{ ids: own, ...(called !== undefined && { name: called }) }];
  });
  return groups.length ? groups : undefined;
}

/** What the address says and the page understands; anything else in it is left out. */
export function exploreSearch(given: Record<string, unknown>): ExploreSearch {
  const day = words(given.day);
  const hops = Number(given.hops);
  return withoutNothing({
    from: many(given.from),
    whole: WHOLES.find((each) => each === Number(given.whole)),
    hops: hops >= 1 && hops <= 3 ? Math.round(hops) : undefined,
    grow: many(given.grow),
    ways: many(given.ways),
    likely: many(given.likely),
    off: many(given.off),
    without: many(given.without),
    hide: many(given.hide),
    group: groupsFrom(given.group),
    value: valueFilter(given.value),
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    linked: given.linked === true || undefined,
    layout: oneOf(given.layout, LAYOUTS),
    size: oneOf(given.size, SIZINGS),
    color: oneOf(given.color, COLOURINGS),
    pick: words(given.pick),
    scene: words(given.scene),
  });
}

type Loose = { [Key in keyof ExploreSearch]: ExploreSearch[Key] | undefined };

/** Empty lists and what is undefined are not written into the address. */
export function withoutNothing(search: Loose): ExploreSearch {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && (!Array.isArray(value) || value.length));
  return Object.fromEntries(kept) as ExploreSearch;
}

export const showingOf = (search: ExploreSearch): Showing => ({
  typesOff: search.off ?? [],
  relationsOff: search.without ?? [],
  hidden: search.hide ?? [],
  value: search.value ?? null,
  day: search.day ?? null,
  onlyLinked: search.linked ?? false,
});

/** The list with the entry, or without it where it was there. */
export const toggled = (list: readonly string[] | undefined, entry: string): string[] =>
  list?.includes(entry) ? list.filter((each) => each !== entry) : [...(list ?? []), entry];

export const plus = (list: readonly string[] | undefined, ...entries: readonly string[]): string[] => [...new Set([...(list ?? []), ...entries])];
