/** Everything about one record at once, as `view360` tells it. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';

export interface Card {
  id: string;
  type: string;
  title: string;
  values: Record<string, unknown>;
}

export interface Reason {
  code: string;
  text: string;
  contribution: number;
}

export interface Score {
  engine: string;
  scores: Record<string, unknown>;
  reasons: Reason[];
}

export interface Link {
  id: string;
  strength: number | null;
  values: Record<string, unknown>;
  record: Card;
}

export interface Section {
  field: string;
  relation: string;
  types: string[];
  label: string;
  count: number;
  links: Link[];
}

export interface Event {
  cursor: string;
  at: string;
  path: string[];
  record: Card | null;
  change: { op: string; actor: string; reason: string; fields: string[] } | null;
}

export interface Figure {
  name: string;
  label: string;
  measure: string;
  better: string;
  value: string | null;
  before: string | null;
  currency: string;
}

export interface Earned {
  currency: string;
  total: string;
  count: number;
  lastYear: string;
  yearBefore: string;
  trend: number | null;
  months: { month: string; value: string; count: number }[];
}

export interface View {
  record: Card;
  at: string;
  headline: string[];
  sections: Section[];
  timeline: { events: Event[]; hasNextPage: boolean; endCursor: string | null };
  unfinished: { record: Card; due: string | null; late: boolean }[];
  money: Earned[];
  kpis: Figure[];
  figuresAt: string | null;
  health: Score | null;
  scores: Score[];
  actions: { code: string; text: string; records: Card[] }[];
}

const CARD = 'id type title values';
const EVENTS = `timeline { hasNextPage endCursor events { cursor at path record { ${CARD} } change { op actor reason fields } } }`;
const SCORE = 'engine scores reasons { code text contribution }';
const VIEW = `query View($id: ID!, $asOf: DateTime, $language: String!) {
  view360(id: $id, asOf: $asOf, language: $language, events: 12, links: 6) {
    record { ${CARD} } at headline
    sections { field relation types label count links { id strength values record { ${CARD} } } }
    ${EVENTS}
    unfinished { record { ${CARD} } due late }
    money { currency total count lastYear yearBefore trend months { month value count } }
    kpis { name label measure better value before currency }
    figuresAt health { ${SCORE} } scores { ${SCORE} }
    actions { code text records { ${CARD} } }
  }
}`;
const MORE = `query Events($id: ID!, $asOf: DateTime, $language: String!, $after: String) {
  view360(id: $id, asOf: $asOf, language: $language, events: 40, links: 0, after: $after) { ${EVENTS} }
}`;

/** A day stands for its end: what was true and known by then. */
const momentOf = (asOf: string): string | null => (asOf ? `${asOf}T23:59:59Z` : null);

export function useView(id: string, asOf: string) {
  const { language } = useSettings();
  return useQuery({
    queryKey: keys.view360(id, asOf, language),
    queryFn: async ({ signal }) => {
      const variables = { id, asOf: momentOf(asOf), language };
      return (await gql<{ view360: View | null }>(VIEW, variables, signal)).view360;
    },
    // the page of another moment, while that of this one is on its way
    placeholderData: (before) => (before?.record.id === id ? keepPreviousData(before) : undefined),
  });
}

export function useTimeline(id: string, asOf: string) {
  const { language } = useSettings();
  return useInfiniteQuery({
    queryKey: [...keys.view360(id, asOf, language), 'events'],
    queryFn: async ({ pageParam, signal }) => {
      const variables = { id, asOf: momentOf(asOf), language, after: pageParam };
      const { view360 } = await gql<{ view360: Pick<View, 'timeline'> | null }>(MORE, variables, signal);
      return view360?.timeline ?? { events: [], hasNextPage: false, endCursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasNextPage ? page.endCursor : null),
  });
}

export interface RiskPath {
  records: Card[];
  shares: number[];
  brings: number;
}

const RISK = `query Risk($id: ID!, $language: String!) {
  riskPaths(id: $id, first: 4, language: $language) { risk own received band paths { records { ${CARD} } shares brings } }
}`;

export interface Risk {
  risk: number;
  own: number;
  received: number;
  paths: RiskPath[];
}

/** The ways along which risk comes to a record now. */
export function useRisk(id: string, wanted: boolean) {
  const { language } = useSettings();
  return useQuery({
    queryKey: [...keys.record(id), 'risk', language],
    queryFn: async ({ signal }) => (await gql<{ riskPaths: Risk }>(RISK, { id, language }, signal)).riskPaths,
    enabled: wanted,
    retry: false,
  });
}

/** A score by the name of its engine. */
export const scoreOf = (view: View, engine: string): Score | undefined => view.scores.find((score) => score.engine === engine);

export const numberIn = (score: Score | null | undefined, name: string): number | null => {
  const value = score?.scores[name];
  return typeof value === 'number' ? value : null;
};
