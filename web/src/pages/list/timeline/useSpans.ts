import { keepPreviousData, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isoOf } from '@/lib/calendar';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { pageQuery } from '@/meta/compose';
import { both, firstMoment, type Where } from '@/meta/filters';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { useMove } from '@/meta/useMove';
import type { Page } from '@/meta/useUpdate';
import type { Asked } from '../useAsked';
import type { Stretch } from './scale';

const PAGE = 100;
type Pages = InfiniteData<Page>;

const renewed = (now: Pages, row: Row): Pages => ({
  ...now,
  pages: now.pages.map(({ page }) => ({
    page: { ...page, nodes: page.nodes.map((node) => (node.id === row.id ? { ...node, ...row } : node)) },
  })),
});

/** What touches the stretch: bars that begin before its end and end behind its beginning, points inside. */
export function touching(start: Field, end: Field | undefined, stretch: Stretch, zone: string): Where {
  const at = (field: Field, day: string): string => (field.kind === 'dateTime' ? firstMoment(day, zone) : day);
  const [from, to] = [isoOf(stretch.from), isoOf(stretch.to)];
  const begun: Where = { [start.name]: { lt: at(start, to) } };
  const inside: Where = { [start.name]: { gte: at(start, from) } };
  if (!end) return { and: [begun, inside] };
  const lasting: Where = { [end.name]: { gte: at(end, from) } };
  return { and: [begun, { or: [lasting, { and: [{ [end.name]: { isNull: true } }, inside] }] }] };
}

/** The records of a stretch of time, those that begin last first, page after page: what is at hand stands on top, not what is long past. */
export function useSpans({ type, fields: chosen, where, text }: Asked, start: Field, end: Field | undefined, stretch: Stretch) {
  const zone = zoneOf(useSettings());
  const fields = useMemo(() => [...new Set([start, ...(end ? [end] : []), ...chosen])], [start, end, chosen]);
  const asked = { where: both(where, touching(start, end, stretch, zone)), text, order: [{ [start.name]: 'DESC' }] };
  const queryKey = keys.laidOut(type.name, 'timeline', { ...asked, fields: fields.map((field) => field.name) });
  const found = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => gql<Page>(pageQuery(type, fields), { ...asked, first: PAGE, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ page }) => page.nodes) ?? [], [found.data]);
  const { mutate } = useMove<Pages>(type, queryKey, renewed);
  const move = (row: Row, data: Record<string, unknown>) =>
    mutate({ row, data, shown: (now) => renewed(now, { ...row, ...data }) });
  return { rows, zone, found, move };
}
