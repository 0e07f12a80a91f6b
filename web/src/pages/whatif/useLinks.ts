import { useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { CardOf } from '@/meta/useCard';
import type { LinkOf } from './scenario';

export interface Linked extends LinkOf {
  weight: number;
  other: CardOf;
}

interface Told {
  subgraph: {
    records: { record: CardOf }[];
    links: { source: string; target: string; relation: string; weight: number }[];
  };
}

const LINKS = `query Links($id: ID!) {
  subgraph(ids: [$id], hops: 1, maxRecords: 200, maxLinks: 2000) {
    records { record { id type title } } links { source target relation weight }
  }
}`;

/** The links of a record, the heaviest first: what may end or weigh otherwise. */
export function useLinks(id: string) {
  return useQuery({
    queryKey: keys.linksOf(id),
    queryFn: async ({ signal }) => linkedTo(id, await gql<Told>(LINKS, { id }, signal)),
    enabled: Boolean(id),
  });
}

function linkedTo(id: string, { subgraph: { records, links } }: Told): Linked[] {
  const cards = new Map(records.map(({ record }) => [record.id, record]));
  return links
    .filter(({ source, target }) => source === id || target === id)
    .flatMap((link) => {
      const other = cards.get(link.source === id ? link.target : link.source);
      return other ? [{ ...link, other }] : [];
    })
    .sort((a, b) => b.weight - a.weight);
}
