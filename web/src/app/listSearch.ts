/** The state of a list that its address carries: what is asked for, and how it is laid out. */
import type { Sort } from '@/meta/compose';
import { conditionsFrom } from '@/meta/conditions/given';
import type { Condition } from '@/meta/filters';
import { words } from '@/lib/given';

export const VIEWS = ['table', 'board', 'calendar', 'timeline', 'map', 'graph'] as const;
export type View = (typeof VIEWS)[number];

export interface ListSearch {
  filter?: Condition[];
  text?: string;
  sort?: Sort;
  /** The saved view that it came from. */
  saved?: string;
  /** A table when left out. */
  view?: View;
  /** The field that records are laid out by: the stages of a board, the days of a calendar, the beginnings of bars. */
  by?: string;
  /** Where the bars of a time line end. */
  until?: string;
  /** The ISO day that a calendar or time line shows. */
  day?: string;
  /** How much of time is seen at once. */
  scale?: string;
  /** The field that the rows of a table are grouped by. */
  group?: string;
}

/** A part of it to change; what becomes undefined or empty leaves the address. */
export type ListChange = { [Part in keyof ListSearch]?: ListSearch[Part] | undefined };

/** All records, as a table. */
export const PLAIN: ListChange = {
  filter: undefined, text: undefined, sort: undefined, saved: undefined, view: undefined, by: undefined, until: undefined, day: undefined,
  scale: undefined, group: undefined,
};

const isView = (value: unknown): value is View => VIEWS.some((view) => view === value);

/** The order that an address asks for, where it says one. */
export function sortOf(given: unknown): Sort | undefined {
  const { field, direction } = (given ?? {}) as Partial<Record<keyof Sort, unknown>>;
  return typeof field === 'string' && (direction === 'ASC' || direction === 'DESC') ? { field, direction } : undefined;
}

export function listSearch(given: Record<string, unknown>): ListSearch {
  const day = words(given.day);
  return kept({
    filter: Array.isArray(given.filter) ? conditionsFrom(given.filter) : undefined,
    sort: sortOf(given.sort),
    text: words(given.text),
    saved: words(given.saved),
    view: isView(given.view) && given.view !== 'table' ? given.view : undefined,
    by: words(given.by),
    until: words(given.until),
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    scale: words(given.scale),
    group: words(given.group),
  });
}

export const changed = (search: ListSearch, change: ListChange): ListSearch => kept({ ...search, ...change });

function kept(parts: ListChange): ListSearch {
  const said = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && !value.length));
  return Object.fromEntries(said) as ListSearch;
}
