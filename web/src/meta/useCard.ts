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

const CARDS = 'query Cards($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Record { displayName } } }';

/** What records are called, by their ids; those that are no more are left out. */
export async function cardsOf(ids: Iterable<string>, signal: AbortSignal): Promise<Map<string, CardOf>> {
  const asked = [...new Set(ids)];
  if (!asked.length) return new Map();
  const { nodes } = await gql<Told>(CARDS, { ids: asked }, signal);
  return new Map(nodes.flatMap((node) => (node ? [[node.id, { id: node.id, type: node.__typename, title: node.displayName }]] : [])));
}

async function read(id: string, signal: AbortSignal): Promise<CardOf | null> {
  return (await cardsOf([id], signal)).get(id) ?? null;
}

/** Null when there is no such record. */
export const useCard = (id: string) =>
  useQuery({ queryKey: keys.card(id), queryFn: ({ signal }) => read(id, signal), enabled: Boolean(id), staleTime: 60_000 });
