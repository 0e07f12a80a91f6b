/** The records of a type by a score, how the score is spread, and what one record's is made of. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import type { Sort } from '@/meta/compose';
import type { EntityType } from '@/meta/model';
import { cardsOf, type CardOf } from '@/meta/useCard';
import type { Chosen, Measure } from './asked';

export interface Reason {
  code: string;
  text: string;
  contribution: number;
  records: CardOf[];
}

/** The first reason that tells a record from others; every record has its base. */
export const mainReason = (reasons: readonly Reason[]): Reason | undefined =>
  reasons.find(({ code }) => code !== 'base' && code !== 'rest') ?? reasons[0];

export interface Ranked {
  record: CardOf;
  /** The risk, or the measure of influence. */
  score: number;
  own: number | null;
  received: number | null;
  band: string | null;
  trend: number | null;
  rank: number | null;
  percentile: number | null;
  reasons: Reason[];
}

interface Page {
  rows: Partial<Ranked & { risk: number }>[];
  hasNextPage: boolean;
  endCursor: string | null;
  totalCount?: number;
}

const CARD = 'id type title';
const WHY = `reasons { code text contribution records { ${CARD} } }`;
const CHURN = `query Churn($type: String!, $after: String, $band: String, $language: String!) {
  page: churn(type: $type, first: 100, after: $after, band: $band, left: false, language: $language) {
    hasNextPage endCursor rows { risk own received band trend record { ${CARD} } ${WHY} }
  }
}`;
const INFLUENCE = `query Influence($types: [String!], $after: String, $measure: InfluenceMeasure!, $language: String!) {
  page: influence(types: $types, first: 100, after: $after, measure: $measure, language: $language) {
    hasNextPage endCursor totalCount rows { score rank percentile record { ${CARD} } ${WHY} }
  }
}`;

export function useRanking({ type, score, band, measure }: Chosen) {
  const { language } = useSettings();
  const found = useInfiniteQuery({
    queryKey: [...keys.scores, 'ranking', type, score, score === 'churn' ? band : measure, language],
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam;
      if (score === 'churn') return (await gql<{ page: Page }>(CHURN, { type, after, band: band || null, language }, signal)).page;
      return (await gql<{ page: Page }>(INFLUENCE, { types: [type], after, measure, language }, signal)).page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasNextPage ? page.endCursor : null),
    enabled: Boolean(type),
  });
  const rows = found.data?.pages.flatMap((page) => page.rows.map(rankedOf)) ?? [];
  return { ...found, rows, total: found.data?.pages[0]?.totalCount };
}

const rankedOf = (row: Page['rows'][number]): Ranked => ({
  record: row.record ?? { id: '', type: '', title: '' },
  score: row.risk ?? row.score ?? 0,
  own: row.own ?? null,
  received: row.received ?? null,
  band: row.band ?? null,
  trend: row.trend ?? null,
  rank: row.rank ?? null,
  percentile: row.percentile ?? null,
  reasons: row.reasons ?? [],
});

export interface Slice {
  from: number;
  to: number | null;
  count: number;
}

export interface Spread {
  total: number;
  slices: Slice[];
  bands: Record<string, number>;
}

type Groups = { rows: { keys: { value: string | null }[]; count: number }[] };

/** Who is still there, as filters say it: who has left is no longer at risk, and no ranking has them. */
export const STAYED = 'not insights.churn.left';

const WIDTH = 0.05;
const DEGREES = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** How a score is spread over all records that have one; risk over those that are still there. */
export function useSpread(type: EntityType | undefined, score: Chosen['score']) {
  return useQuery({
    queryKey: [...keys.scores, 'spread', type?.name, score],
    queryFn: async ({ signal }) => {
      const many = type?.many ?? '';
      const grouped = score === 'churn'
        ? `slices: grouped(by: [{ insights: { churn: { risk: { width: "${WIDTH}" } } } }]) { rows { keys { value } count } }
           bands: grouped(by: [{ insights: { churn: { band: VALUE } } }]) { rows { keys { value } count } }`
        : `slices: grouped(by: [{ insights: { influence: { degree: { bounds: [${DEGREES.slice(1).map((each) => `"${each}"`).join(', ')}] } } } }]) { rows { keys { value } count } }`;
      const told = await gql<{ found: { slices: Groups; bands?: Groups } }>(`query Spread($where: FilterText) { found: ${many}(first: 0, whereText: $where) { ${grouped} } }`, { where: score === 'churn' ? STAYED : null }, signal);
      return spreadOf(told.found.slices, told.found.bands, score);
    },
    enabled: Boolean(type),
  });
}

/** Groups as they come, made a whole: the empty ones between them too, and nobody without a score. */
export function spreadOf(slices: Groups, bands: Groups | undefined, score: Chosen['score']): Spread {
  const counts = new Map<number, number>();
  for (const { keys: [key], count } of slices.rows) {
    if (!key?.value) continue;
    const from = Number(key.value.split('..')[0] || 0);
    // the highest risk belongs into the last slice, not into one of its own
    const place = score === 'churn' ? Math.min(Math.round(from / WIDTH), 1 / WIDTH - 1) : DEGREES.indexOf(from);
    counts.set(place, (counts.get(place) ?? 0) + count);
  }
  const last = score === 'churn' ? 1 / WIDTH - 1 : Math.max(...counts.keys(), 0);
  const edge = (place: number): number => (score === 'churn' ? place * WIDTH : (DEGREES[place] ?? 0));
  const made = Array.from({ length: last + 1 }, (_, place) => ({
    from: edge(place),
    to: score === 'influence' && place === DEGREES.length - 1 ? null : edge(place + 1) || 1,
    count: counts.get(place) ?? 0,
  }));
  const named = Object.fromEntries((bands?.rows ?? []).flatMap(({ keys: [key], count }) => (key?.value ? [[key.value, count]] : [])));
  return { total: made.reduce((sum, each) => sum + each.count, 0), slices: made, bands: named };
}

const OF_MEASURES: Partial<Record<Measure, string>> = { PAGERANK: 'pageRank', BETWEENNESS: 'betweenness', CLOSENESS: 'closeness', CORE: 'core' };

/** The order of the ranking, as a list has it; by the number of links where runs do not store the measure. */
export const sortOf = ({ score, measure }: Pick<Chosen, 'score' | 'measure'>): Sort => ({
  field: score === 'churn' ? 'insights.churn.risk' : `insights.influence.${OF_MEASURES[measure] ?? 'degree'}`,
  direction: 'DESC',
});

/** The filter of the records that a slice counts. */
export function inSlice(score: Chosen['score'], { from, to }: Slice): string {
  const field = score === 'churn' ? 'insights.churn.risk' : 'insights.influence.degree';
  const end = score === 'churn' && to !== null && to >= 1 ? null : to;
  const parts = [`${field} >= ${plain(from)}`, ...(end === null ? [] : [`${field} < ${plain(end)}`])];
  return [...parts, ...(score === 'churn' ? [STAYED] : [])].join(' and ');
}

/** A sum of slices without the last digits that adding leaves behind. */
const plain = (edge: number): string => String(Number(edge.toFixed(4)));

export interface Detail {
  risk: number | null;
  own: number | null;
  received: number | null;
  band: string | null;
  rank: number | null;
  reasons: Reason[];
  paths: { records: CardOf[]; brings: number }[];
  counterfactuals: { text: string; change: number; record: CardOf | null }[];
}

interface Stored {
  one: {
    insights: {
      churn: {
        risk: number | null;
        own: number | null;
        received: number | null;
        band: string | null;
        reasons: { code: string; text: string; contribution: number; records: { id: string }[] }[] | null;
        paths: { strength: number; records: { id: string }[] }[] | null;
        counterfactuals: { text: string; change: number; record: { id: string } | null }[] | null;
      };
      influence: { rank: number | null; reasons: { code: string; text: string; contribution: number; records: { id: string }[] }[] | null };
    };
  } | null;
}

const detailQuery = (type: EntityType): string => `query Detail($id: ID!, $language: String!) {
  one: ${type.one}(id: $id) { insights {
    churn {
      risk own received band
      reasons(first: 8, language: $language) { code text contribution records { id } }
      paths(first: 5) { strength records { id } }
      counterfactuals(first: 3, language: $language) { text change record { id } }
    }
    influence { rank reasons(first: 6, language: $language) { code text contribution records { id } } }
  } }
}`;

/** What the last run stored of one record: what its score is made of, the ways risk comes, and what would lower it. */
export function useDetail(type: EntityType, id: string, score: Chosen['score']) {
  const { language } = useSettings();
  return useQuery({
    queryKey: [...keys.scores, 'detail', id, score, language],
    queryFn: async ({ signal }): Promise<Detail | null> => {
      const { one } = await gql<Stored>(detailQuery(type), { id, language }, signal);
      if (!one) return null;
      const { churn, influence } = one.insights;
      const told = (score === 'churn' ? churn.reasons : influence.reasons) ?? [];
      const ways = churn.paths ?? [];
      const changes = churn.counterfactuals ?? [];
      const spokenOf = [...told, ...ways, ...changes.map(({ record }) => ({ records: record ? [record] : [] }))];
      const cards = await cardsOf(spokenOf.flatMap(({ records }) => records.map((each) => each.id)), signal);
      const named = (records: readonly { id: string }[]): CardOf[] => records.flatMap((each) => cards.get(each.id) ?? []);
      const reasons = told.map((each) => ({ ...each, records: named(each.records) }));
      const paths = ways.map(({ strength, records }) => ({ brings: strength, records: named(records) }));
      return { ...churn, rank: influence.rank, reasons, paths, counterfactuals: changes.map((each) => ({ ...each, record: cards.get(each.record?.id ?? '') ?? null })) };
    },
    enabled: Boolean(id),
    placeholderData: keepPreviousData,
  });
}
