/** What drawings ask the API. */
import { gql } from '@/api/gql';
import type { Drawn, SceneLink, SceneRecord } from './scene';
import type { Scored, Scores } from './scores';

export interface Around {
  ids: readonly string[];
  hops: number;
  relations?: readonly string[];
  most: number;
}

/** An answer, and how many records near it did not fit, by type. */
export interface Answer extends Drawn {
  leftOut: Readonly<Record<string, number>>;
}

interface Told {
  subgraph: { records: { record: SceneRecord }[]; links: SceneLink[]; recordsLeftOut: Record<string, number> };
}

const AROUND = `query Around($ids: [ID!]!, $hops: Int!, $relations: [String!], $most: Int!, $anyTime: Boolean!) {
  subgraph(ids: $ids, hops: $hops, relations: $relations, maxRecords: $most, maxLinks: 10000, anyTime: $anyTime) {
    records { record { id type title values } } links { source target relation weight count validFrom validTo } recordsLeftOut
  }
}`;

export async function around({ ids, hops, relations, most }: Around, signal?: AbortSignal): Promise<Answer> {
  const variables = { ids, hops, relations: relations ?? null, most: Math.max(most, ids.length), anyTime: true };
  const { subgraph } = await gql<Told>(AROUND, variables, signal);
  return { records: subgraph.records.map(({ record }) => record), links: subgraph.links, leftOut: subgraph.recordsLeftOut };
}

export interface Way {
  records: SceneRecord[];
  strength: number | null;
}

const WAYS = `query Ways($from: ID!, $to: ID!) {
  paths(from: $from, to: $to, measure: STRONGEST, first: 3, hops: 6) { paths { strength records { id type title values } } }
}`;

/** The strongest ways between two records. */
export async function ways(from: string, to: string, signal?: AbortSignal): Promise<Way[]> {
  return (await gql<{ paths: { paths: Way[] } }>(WAYS, { from, to }, signal)).paths.paths;
}

interface Insights {
  influence: { percentile: number | null };
  churn: { risk: number | null };
  strength: { strongest: number | null };
  communities: { community: number | null };
}

const SCORES = `query Scores($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Record { id insights {
    influence { percentile } churn { risk } strength { strongest } communities { community }
  } } }
}`;
const AT_ONCE = 500;

/** What the last runs stored of these records. */
export async function scores(ids: readonly string[], signal?: AbortSignal): Promise<Scores> {
  const found = new Map<string, Scored>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const asked = { ids: ids.slice(from, from + AT_ONCE) };
    const { nodes } = await gql<{ nodes: ({ id: string; insights: Insights } | null)[] }>(SCORES, asked, signal);
    for (const node of nodes) if (node) found.set(node.id, scoredOf(node.insights));
  }
  return found;
}

const scoredOf = ({ influence, churn, strength, communities }: Insights): Scored => ({
  influence: influence.percentile === null ? null : influence.percentile / 100,
  churn: churn.risk,
  strength: strength.strongest,
  community: communities.community,
});
