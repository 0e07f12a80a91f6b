/** What the page asks for: the whole view in one operation, and what is looked at closer. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import type { Cause, Risk, View } from '@/meta/view360';

const CARD = 'id type title values';
const EVENTS = `timeline { hasNextPage endCursor events { cursor at path record { ${CARD} } change { op actorName reason fields } } }`;
const REASONS = 'reasons { code text contribution records { id title } }';
const SCORE = `engine scores paths ${REASONS}`;
const VIEW = `query View($id: ID!, $asOf: DateTime, $language: String!) {
  view360(id: $id, asOf: $asOf, language: $language, events: 12, links: 6) {
    record { ${CARD} } at headline
    sections { field relation types label count links { id strength values record { ${CARD} } } }
    ${EVENTS}
    unfinished { record { ${CARD} } due late }
    money { currency total count lastYear yearBefore trend months { month value count } }
    kpis { name label measure better value before currency months { month value } }
    figuresAt health { ${SCORE} } scores { ${SCORE} }
    actions { code text facts records { ${CARD} } }
  }
}`;
const MORE = `query Events($id: ID!, $asOf: DateTime, $language: String!, $after: String, $kinds: [String!]) {
  view360(id: $id, asOf: $asOf, language: $language, events: 40, links: 0, after: $after, kinds: $kinds) { ${EVENTS} }
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

/** What happened, page by page; of some kinds only where any are named. */
export function useTimeline(id: string, asOf: string, kinds: readonly string[]) {
  const { language } = useSettings();
  return useInfiniteQuery({
    queryKey: [...keys.view360(id, asOf, language), 'events', kinds],
    queryFn: async ({ pageParam, signal }) => {
      const variables = { id, asOf: momentOf(asOf), language, after: pageParam, kinds: kinds.length ? kinds : null };
      const { view360 } = await gql<{ view360: Pick<View, 'timeline'> | null }>(MORE, variables, signal);
      return view360?.timeline ?? { events: [], hasNextPage: false, endCursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasNextPage ? page.endCursor : null),
  });
}

const RISK = `query Risk($id: ID!, $language: String!) {
  riskPaths(id: $id, first: 5, language: $language) { risk own received band paths { records { ${CARD} } shares brings } }
}`;

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

const CAUSE = `query Cause($id: ID!, $language: String!) {
  riskPaths(id: $id, first: 1, language: $language) { record { ${CARD} } risk own received ${REASONS} }
}`;

/** Why the record at the beginning of a way is at risk itself. */
export function useCause(id: string | undefined) {
  const { language } = useSettings();
  return useQuery({
    queryKey: [...keys.record(id ?? ''), 'cause', language],
    queryFn: async ({ signal }) => (await gql<{ riskPaths: Cause }>(CAUSE, { id, language }, signal)).riskPaths,
    enabled: Boolean(id),
  });
}
