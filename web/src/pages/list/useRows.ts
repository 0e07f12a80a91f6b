import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { orderOf, pageQuery, totalsQuery, type Sort } from '@/meta/compose';
import { whereOf, type Condition } from '@/meta/filters';
import type { EntityType, Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import type { Page } from '@/meta/useUpdate';

export interface Asked {
  type: EntityType;
  fields: readonly Field[];
  conditions: readonly Condition[];
  text: string;
  sort: Sort | undefined;
}

const PAGE = 100;
const MOST_COMING = 40;

/** The rows of a list, page after page as they are scrolled to: each page goes on from the last row of the one before. */
export function useRows({ type, fields, conditions, text, sort }: Asked) {
  const where = whereOf(conditions, type.fields);
  const asked = { where, text: text || null, order: orderOf(type, sort) };
  const found = useInfiniteQuery({
    queryKey: keys.records(type.name, { ...asked, fields: fields.map((field) => field.name) }),
    queryFn: ({ pageParam, signal }) => {
      const variables = { ...asked, first: PAGE, after: pageParam, counted: pageParam === null };
      return gql<Page>(pageQuery(type, fields), variables, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo<Row[]>(() => found.data?.pages.flatMap(({ page }) => page.nodes) ?? [], [found.data]);
  const count = found.data?.pages[0]?.page.totalCount ?? -1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const coming = found.isPending ? 24 : hasNextPage ? Math.min(MOST_COMING, Math.max(1, count - rows.length)) : 0;
  return { rows, count, coming, more, error: found.error, again: found.refetch };
}

type Totals = { totals: { aggregate: Record<string, { sum?: unknown; average?: unknown }> } };

/** Figures over all rows of the list, whether they are on the page or not; by field. */
export function useTotals({ type, fields, conditions, text }: Asked): Record<string, unknown> {
  const query = totalsQuery(type, fields);
  const variables = { where: whereOf(conditions, type.fields), text: text || null };
  const totals = useQuery({
    queryKey: keys.totals(type.name, { ...variables, query }),
    queryFn: ({ signal }) => gql<Totals>(query ?? '', variables, signal),
    enabled: query !== null,
    placeholderData: keepPreviousData,
  });
  const figures = Object.entries(totals.data?.totals.aggregate ?? {});
  return Object.fromEntries(figures.map(([name, figure]) => [name, figure.sum ?? figure.average]));
}
