import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useAway } from '@/api/line';
import { pageQuery } from '@/meta/compose';
import type { Row } from '@/meta/rows';
import type { Page } from '@/meta/useUpdate';
import type { Asked } from './useAsked';

/** Enough to fill a screen at once, then enough that scrolling does not overtake reading. */
const FIRST = 100;
const NEXT = 500;
const MOST_COMING = 40;

/** The rows of a list, page after page as they are scrolled to: each page goes on from the last row of the one before. */
export function useRows({ type, fields, where, text, order }: Asked, count: number) {
  const asked = { where, text, order };
  const found = useInfiniteQuery({
    queryKey: keys.records(type.name, { ...asked, fields: fields.map((field) => field.name) }),
    queryFn: ({ pageParam, signal }) => gql<Page>(pageQuery(type, fields), { ...asked, first: pageParam === null ? FIRST : NEXT, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => (page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo<Row[]>(() => found.data?.pages.flatMap(({ page }) => page.nodes) ?? [], [found.data]);
  const { isFetchingNextPage, fetchNextPage } = found;
  // without a line the list ends where it was read to
  const hasNextPage = !useAway() && found.hasNextPage;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const coming = found.isPending ? 24 : hasNextPage ? Math.min(MOST_COMING, Math.max(1, count - rows.length)) : 0;
  return { rows, coming, more, error: found.error, again: found.refetch };
}
