import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Sort } from '@/meta/compose';
import { relationNamed, useModel, type EntityType, type Side } from '@/meta/model';
import { useChange } from '@/meta/useChange';
import { factsOf, linkedQuery } from './linked';

export interface LinkedEdge {
  link: { id: string; validFrom?: string | null; validTo?: string | null; [field: string]: unknown };
  node: { __typename: string; id: string; displayName: string; [alias: string]: unknown };
}

interface Linked {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: LinkedEdge[];
}

const PAGE = 25;

/** The links of one relation, page by page, in the order that is wanted. */
export function useLinked(type: EntityType, side: Side, id: string, asOf: string, sort: Sort | undefined) {
  const { data: model } = useModel();
  const relation = relationNamed(model, side.relation);
  const facts = model ? factsOf(side, model) : [];
  const found = useInfiniteQuery({
    queryKey: [...keys.links(id, side.name), asOf, sort, model?.version],
    queryFn: async ({ pageParam, signal }) => {
      const query = linkedQuery({ type, side, relation, facts, sort });
      const variables = { id, first: PAGE, after: pageParam, asOf: asOf ? `${asOf}T23:59:59Z` : null };
      const { record } = await gql<{ record: { linked: Linked } | null }>(query, variables, signal);
      return record?.linked ?? { pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
    enabled: Boolean(model),
  });
  return { found, facts, relation };
}

/** Changes of one relation's links: given other values, ended, taken away, each with the way back. */
export function useLinkChange(type: EntityType, side: Side, id: string) {
  const change = useChange();
  return {
    waits: change.isPending,
    error: change.error,
    send: (edge: LinkedEdge | null, data: Record<string, unknown>, says: string | undefined, done: () => void, failed?: (error: unknown) => void) =>
      change.mutate(
        { type, id, title: edge?.node.displayName ?? '', data: { [side.name]: data }, also: edge ? [edge.node.id] : [], quiet: true, ...(says ? { says } : {}) },
        { onSuccess: done, ...(failed ? { onError: failed } : {}) },
      ),
  };
}
