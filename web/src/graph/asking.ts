/** What drawings ask the API. */
import { AROUND, aroundAsked, type Around } from '@/api/first';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Drawn, SceneLink, SceneRecord } from './scene';
import type { Scored, Scores } from './scores';

/** An answer, and how many records near it did not fit, by type. */
export interface Answer extends Drawn {
  leftOut: Readonly<Record<string, number>>;
}

type Columns<T> = { [name in keyof T]: T[name][] };

interface Told {
  subgraph: {
    records?: { record: SceneRecord }[];
    links?: SceneLink[];
    columns?: { records: Columns<Omit<SceneRecord, 'values'>>; links: Columns<Omit<SceneLink, 'source' | 'target'> & { source: number; target: number }> };
    recordsLeftOut: Record<string, number>;
  };
}

async function around(asked: Around, signal?: AbortSignal): Promise<Answer> {
  const { subgraph } = await gql<Told>(AROUND, aroundAsked(asked), signal);
  const { records = [], links: drawn = [], columns, recordsLeftOut } = subgraph;
  if (columns) return { ...rowsOf(columns), leftOut: recordsLeftOut };
  return { records: records.map(({ record }) => record), links: drawn, leftOut: recordsLeftOut };
}

/** The answer to one question about surroundings, kept by what was asked. */
export const aroundAnswer = (asked: Around) => ({ queryKey: keys.around(asked), queryFn: ({ signal }: { signal: AbortSignal }) => around(asked, signal) });

/** Records and links out of columns, in which links name the places of records. Pure. */
export function rowsOf({ records, links }: NonNullable<Told['subgraph']['columns']>): Drawn {
  const at = <T>(column: readonly T[], place: number): T => column[place] as T;
  return {
    records: records.id.map((id, place) => ({ id, type: at(records.type, place), title: at(records.title, place), values: {} })),
    links: links.source.map((source, place) => ({
      source: at(records.id, source),
      target: at(records.id, at(links.target, place)),
      relation: at(links.relation, place),
      weight: at(links.weight, place),
      count: at(links.count, place),
      validFrom: at(links.validFrom, place),
      validTo: at(links.validTo, place),
    })),
  };
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
