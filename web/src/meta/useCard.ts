/** What a record is called, by its id alone: for addresses that name records. */
import { useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';

export interface CardOf {
  id: string;
  type: string;
  title: string;
}

type Told = { nodes: ({ __typename: string; id: string; displayName: string } | null)[] };

const CARD = 'query Card($id: ID!) { nodes(ids: [$id]) { __typename id ... on Record { displayName } } }';

async function read(id: string, signal: AbortSignal): Promise<CardOf | null> {
  const node = (await gql<Told>(CARD, { id }, signal)).nodes[0];
  return node ? { id: node.id, type: node.__typename, title: node.displayName } : null;
}

/** Null when there is no such record. */
export const useCard = (id: string) =>
  useQuery({ queryKey: keys.card(id), queryFn: ({ signal }) => read(id, signal), enabled: Boolean(id), staleTime: 60_000 });
