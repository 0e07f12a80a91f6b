import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { countQuery, figuresOf, totalsQuery, type Figures } from '@/meta/compose';
import type { Asked } from './useAsked';

interface Totals {
  totals: { totalCount?: number; aggregate?: Figures };
}

/** How many records the whole list has, on the page or not, and figures over all of them; these come later in a long list. */
export function useTotals({ type, fields, where, text }: Asked): { count: number; figures: Figures | undefined } {
  const variables = { where, text };
  const asked = (query: string) => ({
    queryKey: keys.totals(type.name, { ...variables, query }),
    queryFn: ({ signal }: { signal: AbortSignal }) => gql<Totals>(query, variables, signal),
    placeholderData: keepPreviousData,
  });
  const count = useQuery(asked(countQuery(type)));
  const figures = figuresOf(fields);
  const summed = useQuery({ ...asked(totalsQuery(type, figures)), enabled: figures !== '' && count.isFetched });
  return { count: count.data?.totals.totalCount ?? -1, figures: summed.data?.totals.aggregate };
}
