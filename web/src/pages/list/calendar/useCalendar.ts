import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { nodes } from '@/meta/compose';
import { both, within } from '@/meta/filters';
import type { EntityType, Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { moved, renewed, shelfOf, type Shelves } from '@/meta/shelves';
import { useMove } from '@/meta/useMove';
import type { Asked } from '../useAsked';
import { onDay } from './spans';

interface Told {
  list: { grouped: { rows: { keys: { value: string }[]; count: number; nodes: Row[] }[] } };
}

const calendarQuery = (type: EntityType, by: Field, fields: readonly Field[]): string =>
  `query Calendar($where: ${type.name}Filter, $text: FilterText, $days: Int!, $each: Int!) {
  list: ${type.many}(where: $where, whereText: $text) {
    grouped(by: [{ ${by.name}: DAY }], first: $days) {
      rows { keys { value } count ${nodes(fields).replace('nodes', `nodes(first: $each, orderBy: [{ ${by.name}: ASC }])`)} }
    }
  }
}`;

/** The records of each day between two, as many as are shown, with the number of all. */
export function useCalendar({ type, fields: chosen, where, text }: Asked, by: Field, days: readonly string[], each: number) {
  const zone = zoneOf(useSettings());
  const fields = useMemo(() => [...new Set([by, ...chosen])], [by, chosen]);
  const range = { from: days[0] ?? '', to: days.at(-1) ?? '' };
  const asked = { where: both(where, { [by.name]: within(range, by, zone) }), text, days: days.length, each };
  const queryKey = keys.laidOut(type.name, 'calendar', { ...asked, zone, fields: fields.map((field) => field.name) });
  const found = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Shelves> => {
      const { list } = await gql<Told>(calendarQuery(type, by, fields), asked, signal);
      return Object.fromEntries(list.grouped.rows.map((row) => [row.keys[0]?.value ?? '', { nodes: row.nodes, count: row.count, sum: null, next: null }]));
    },
    placeholderData: keepPreviousData,
  });
  const move = useMove<Shelves>(type, queryKey, renewed);
  const drop = (row: Row, to: string) => {
    const from = found.data && shelfOf(found.data, row.id);
    if (from === undefined || from === to) return;
    const value = onDay(row[by.name], to, by.kind === 'dateTime', zone);
    move.mutate({ row, data: { [by.name]: value }, shown: (now) => moved(now, { ...row, [by.name]: value }, from, to) });
  };
  return { shelves: found.data, error: found.error, again: found.refetch, drop };
}
