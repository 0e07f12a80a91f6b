import { hashKey, useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useAway } from '@/api/line';
import { windowQuery } from '@/meta/compose';
import type { Row } from '@/meta/rows';
import type { Page } from '@/meta/useUpdate';
import type { Lines } from '@/ui/grid/lines';
import type { Asked } from './useAsked';
import { useRungs } from './useRungs';
import { askingFor, WINDOW, windowOf, windowsOf, type Anchor } from './windows';

/** Bones while nothing is known, and behind the rows while their number is not. */
const COMING = 24;
const SEEN_FIRST = 40;
/** A scrollbar that is pulled passes over windows: none is asked for more often than this. */
const PASSING_MS = 60;

export interface Rows {
  lines: Lines<Row>;
  /** The rows that are here, and where in the list one of them is; -1 where it is not. */
  held: () => Row[];
  placeOf: (id: string) => number;
  error: Error | null;
  again: () => void;
}

/** The rows of a list wherever it is looked at, window by window, each reached from the nearest place that is known. */
export function useRows(asked: Asked, count: number, from: number): Rows {
  const { type, fields, where, text, order } = asked;
  const client = useQueryClient();
  const query = useMemo(() => ({ where, text, order, fields: fields.map((field) => field.name).sort() }), [where, text, order, fields]);
  const id = useMemo(() => hashKey([type.name, query]), [type, query]);
  const [wanted, setWanted] = useWanted(id, from);
  const rungs = useRungs(asked, id, count);
  const inTurn = useInTurn();
  const latest = useRef(count);
  latest.current = count;

  const read = (window: number) => ({
    queryKey: keys.recordsAt(type.name, query, window),
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const asking = () => askingFor(window, latest.current, [...heldBy(client, type.name, query).flatMap(anchorsOf), ...rungs.current]);
      return inTurn(`${id} ${window}`, [`${id} ${window - 1}`, `${id} ${window + 1}`], (asking().skip ?? 0) > FAR, () =>
        gql<Page>(windowQuery(type, fields), { where, text, order, ...asking() }, signal),
      );
    },
  });
  const found = useQueries({ queries: wanted.map(read) });
  const stamp = found.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  const isHere = found.some(({ data }) => data);

  const pages = useMemo(() => pagesOf(client, type.name, query), [client, type, query, stamp]); // eslint-disable-line react-hooks/exhaustive-deps -- `stamp` says that windows have come
  const length = useLength(pages, count);
  const onSpan = useSpanned(wanted, setWanted, length);
  const lines = useMemo<Lines<Row>>(() => ({ id, length, at: (place) => rowIn(pages(windowOf(place)), place), onSpan }), [id, length, pages, onSpan]);
  // while another order or filter is on its way the rows stay that were here
  const before = useRef(lines);
  if (isHere) before.current = lines;

  const failed = found.find(({ error, data }) => error && !data);
  return {
    lines: isHere ? lines : { ...before.current, onSpan },
    held: () => heldBy(client, type.name, query).flatMap(([, rows]) => rows.page.nodes),
    placeOf: (row) => placeIn(heldBy(client, type.name, query), row),
    error: failed?.error ?? null,
    again: () => void failed?.refetch(),
  };
}

/** Who is further than this from any cursor waits for the one beside it, and goes on from there instead of walking as far. */
const FAR = 1_000;

/** Does things at once, or behind one of those beside them that are under way. */
function useInTurn() {
  const coming = useRef(new Map<string, Promise<unknown>>());
  return useCallback(<T>(key: string, beside: readonly string[], waits: boolean, act: () => Promise<T>): Promise<T> => {
    const other = waits && beside.map((each) => coming.current.get(each)).find(Boolean);
    // what has come is known to the others a moment later
    const task = other ? other.catch(() => undefined).then(() => new Promise((done) => setTimeout(done))).then(act) : act();
    coming.current.set(key, task);
    const leave = (): void => void (coming.current.get(key) === task && coming.current.delete(key));
    task.then(leave, leave);
    return task;
  }, []);
}

type Held = [window: number, page: Page];

/** The windows of a list that are here, in their order. */
function heldBy(client: QueryClient, type: string, query: unknown): Held[] {
  const found = client.getQueriesData<Page>({ queryKey: keys.records(type, query) });
  const held = found.flatMap(([key, page]): Held[] => (page && typeof key[3] === 'number' ? [[key[3], page]] : []));
  return held.sort(([a], [b]) => a - b);
}

function anchorsOf([window, { page }]: Held): Anchor[] {
  const { startCursor, endCursor } = page.pageInfo;
  if (!startCursor || !endCursor) return [];
  const at = window * WINDOW;
  return [{ at, before: startCursor }, { at: at + page.nodes.length, behind: endCursor }];
}

const rowIn = (page: Page | undefined, place: number): Row | null | undefined => page && (page.page.nodes[place % WINDOW] ?? null);

function placeIn(held: readonly Held[], id: string): number {
  for (const [window, { page }] of held) {
    const place = page.nodes.findIndex((row) => row.id === id);
    if (place >= 0) return window * WINDOW + place;
  }
  return -1;
}

/** The window of a number as it is kept, each looked up once. */
function pagesOf(client: QueryClient, type: string, query: unknown): (window: number) => Page | undefined {
  const known = new Map<number, Page | undefined>();
  return (window) => {
    if (!known.has(window)) known.set(window, client.getQueryData<Page>(keys.recordsAt(type, query, window)));
    return known.get(window);
  };
}

/** How long the list is, as far as it is known; without a line it ends where it was read to. */
function useLength(pages: (window: number) => Page | undefined, count: number): number {
  const away = useAway();
  return useMemo(() => {
    if (count >= 0 && !away) return count;
    let read = 0;
    for (let page = pages(0); page; page = pages(read / WINDOW)) {
      read += page.page.nodes.length;
      if (read % WINDOW || !page.page.nodes.length) break;
    }
    if (away) return read;
    return read === 0 ? COMING : read + (pages(0)?.page.pageInfo.hasNextPage ? COMING : 0);
  }, [pages, count, away]);
}

/** The windows that are read; a list that is asked for otherwise begins at its beginning. */
function useWanted(id: string, from: number) {
  const [state, setState] = useState(() => ({ id, wanted: windowsOf(from, from + SEEN_FIRST, Infinity, 0) }));
  const now = state.id === id ? state : { id, wanted: [0] };
  if (now !== state) setState(now);
  const set = useCallback((wanted: number[]) => setState((before) => ({ ...before, wanted })), []);
  return [now.wanted, set] as const;
}

/** What is done when other rows are looked at: the next window is asked for at once, one far away when the pull has slowed down. */
function useSpanned(wanted: readonly number[], setWanted: (windows: number[]) => void, length: number) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const next = useRef<number[]>([]);
  const now = useRef(wanted);
  now.current = wanted;
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (first: number, last: number) => {
      const windows = windowsOf(first, last, length);
      next.current = windows;
      if (!windows.length || windows.join() === now.current.join()) return;
      if (windows.some((each) => now.current.includes(each))) return setWanted(windows);
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        setWanted(next.current);
      }, PASSING_MS);
    },
    [length, setWanted],
  );
}
