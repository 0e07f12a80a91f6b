/** The state of the explorer that its address carries, so that back, forward and a sent link work. Pure. */
import { WHOLES } from '@/api/first';
import type { Group } from '@/graph/groups';
import { COLOURINGS, LAYOUTS, SIZINGS, type Colouring, type Layout, type Sizing } from '@/graph/choices';
import type { Showing } from '@/graph/showing';
import { AMOUNT, DAY, type ValueFilter } from '@/graph/valueFilters';
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
  value?: ValueFilter[];
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

const bound = (value: unknown): string | undefined => {
  const text = words(value);
  return text && (DAY.test(text) || AMOUNT.test(text)) ? text : undefined;
};

function valueFilter(given: unknown): ValueFilter[] {
  if (!given || typeof given !== 'object') return [];
  const told = given as Record<string, unknown>;
  const [type, field] = [words(told.type), words(told.field)];
  if (!type || !field) return [];
  const [from, to, currency, text] = [bound(told.from), bound(told.to), words(told.currency), words(told.text)];
  return [{ type, field, values: many(told.values) ?? [], ...(from && { from }), ...(to && { to }), ...(currency && { currency }), ...(text && { text }) }];
}

/** One filter for a field at most; a single one stood in addresses by itself. */
function valueFilters(given: unknown): ValueFilter[] {
  const found = (Array.isArray(given) ? given : [given]).flatMap(valueFilter);
  return [...new Map(found.map((each) => [`${each.type} ${each.field}`, each])).values()];
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
    value: valueFilters(given.value),
    day: day && DAY.test(day) ? day : undefined,
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
  values: search.value ?? [],
  day: search.day ?? null,
  onlyLinked: search.linked ?? false,
});

/** The list with the entry, or without it where it was there. */
export const toggled = (list: readonly string[] | undefined, entry: string): string[] =>
  list?.includes(entry) ? list.filter((each) => each !== entry) : [...(list ?? []), entry];

export const plus = (list: readonly string[] | undefined, ...entries: readonly string[]): string[] => [...new Set([...(list ?? []), ...entries])];
