/** What the drawing asks for, in one operation. */
import type { SceneLink } from '@/graph/scene';

export interface NamedType {
  name: string;
  icon: string;
  color: string;
  label: string;
  labels: string;
}

export interface NamedRelation {
  name: string;
  symmetric: boolean;
  label: string;
}

export interface Around {
  records: { record: { id: string; type: string; title: string } }[];
  links: SceneLink[];
  recordsLeftOut: Record<string, number>;
}

export interface Answer {
  subgraph: Around;
  model: { types: NamedType[]; relations: NamedRelation[] };
}

export const MOST_LINKS = 1000;

export const AROUND = `query Around($ids: [ID!]!, $hops: Int!, $limit: Int!, $kinds: [String!], $relations: [String!], $asOf: DateTime, $language: String!) {
  subgraph(ids: $ids, hops: $hops, types: $kinds, relations: $relations, maxRecords: $limit, maxLinks: ${MOST_LINKS}, asOf: $asOf) {
    records { record { id type title } } links { source target relation weight count validFrom validTo } recordsLeftOut
  }
  model {
    types { name icon color label(language: $language) labels: label(language: $language, form: "other") }
    relations { name symmetric label(language: $language) }
  }
}`;
