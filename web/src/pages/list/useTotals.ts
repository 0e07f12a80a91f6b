import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { totalsQuery, type Figures } from '@/meta/compose';
import type { Asked } from './useAsked';

interface Totals {
  totals: { totalCount: number; aggregate?: Figures };
}

/** How many records the whole list has, on the page or not, and figures over all of them. */
export function useTotals({ type, fields, where, text }: Asked): { count: number; figures: Figures | undefined } {
  const query = totalsQuery(type, fields);
  const variables = { where, text };
  const { data } = useQuery({
    queryKey: keys.totals(type.name, { ...variables, query }),
    queryFn: ({ signal }) => gql<Totals>(query, variables, signal),
    placeholderData: keepPreviousData,
  });
  return { count: data?.totals.totalCount ?? -1, figures: data?.totals.aggregate };
}
