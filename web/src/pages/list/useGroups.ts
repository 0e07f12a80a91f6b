import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { calendarOf, zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { pageQuery } from '@/meta/compose';
import { both } from '@/meta/filters';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import type { Page } from '@/meta/useUpdate';
import { groupsQuery, groupWhere, inOrder, type Group } from './groups';
import type { Asked } from './useAsked';

const MOST_GROUPS = 500;
const PAGE = 100;

/** A line of a grouped table: the head of a group, a record of it, or what brings more of them. */
export interface Line {
  id: string;
  group?: Group;
  isOpen?: boolean;
  row?: Row;
  /** The group that more is brought of. */
  more?: string;
  /** Records are on their way. */
  isComing?: boolean;
}

interface Told {
  list: { grouped: { totalCount: number; rows: Group[] } };
}

const idOf = (group: Group): string => JSON.stringify(group.keys[0].value);

/** The groups of a list, and the records of those that are open. */
export function useGroups(asked: Asked, by: Field) {
  const { type, fields, where, text, order } = asked;
  const settings = useSettings();
  const zone = zoneOf(settings);
  const [open, setOpen] = useState<ReadonlyMap<string, number>>(new Map());
  const query = groupsQuery(type, by, fields, calendarOf(settings));
  const found = useQuery({
    queryKey: keys.laidOut(type.name, 'groups', { query, where, text, zone }),
    queryFn: ({ signal }) => gql<Told>(query, { where, text, first: MOST_GROUPS }, signal),
    placeholderData: keepPreviousData,
  });
  const groups = useMemo(() => inOrder(found.data?.list.grouped.rows ?? [], by), [found.data, by]);
  const opened = groups.filter((group) => open.has(idOf(group)));
  const pages = useQueries({
    queries: opened.map((group) => {
      const variables = { where: both(where, groupWhere(by, group.keys[0], zone)), text, order, first: open.get(idOf(group)) ?? PAGE, after: null };
      return {
        queryKey: keys.laidOut(type.name, 'group', { ...variables, fields: fields.map((field) => field.name) }),
        queryFn: ({ signal }: { signal: AbortSignal }) => gql<Page>(pageQuery(type, fields), variables, signal),
        placeholderData: keepPreviousData,
      };
    }),
  });
  const lines = groups.flatMap((group): Line[] => {
    const id = idOf(group);
    const head = { id, group, isOpen: open.has(id) };
    const page = pages[opened.indexOf(group)]?.data?.page;
    if (!head.isOpen) return [head];
    if (!page) return [head, { id: `${id} coming`, isComing: true }];
    const rows = page.nodes.map((row) => ({ id: `${id} ${row.id}`, row }));
    return [head, ...rows, ...(page.pageInfo.hasNextPage && page.nodes.length < 1000 ? [{ id: `${id} more`, more: id }] : [])];
  });

  function toggle(id: string): void {
    setOpen((before) => {
      const after = new Map(before);
      if (!after.delete(id)) after.set(id, PAGE);
      return after;
    });
  }

  const grow = (id: string): void => setOpen((before) => new Map(before).set(id, Math.min(1000, (before.get(id) ?? PAGE) + 3 * PAGE)));
  return { lines, found, toggle, grow };
}
