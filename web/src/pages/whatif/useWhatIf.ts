import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { useProfiles } from '@/meta/profiles';
import type { CardOf } from '@/meta/useCard';
import { inputOf, type WhatIfSearch } from './scenario';

export interface Move {
  record: CardOf;
  before: number;
  after: number;
  change: number;
  rankBefore: number;
  rankAfter: number;
  reasons: { code: string; text: string; contribution: number; records: CardOf[] }[];
}

export interface Reach {
  record: CardOf;
  stepsBefore: number;
  stepsAfter: number | null;
}

export interface Outcome {
  snapshotAt: string;
  moves: Move[];
  moved: number;
  gone: CardOf[];
  sumBefore: number;
  sumAfter: number;
  lostOnlyLink: CardOf[];
  leftWithOne: { record: CardOf; last: CardOf }[];
  outOfReach: Reach[];
  furtherAway: Reach[];
}

const CARD = 'id type title';
const REACH = `record { ${CARD} } stepsBefore stepsAfter`;
const WHAT_IF = `query WhatIf($input: WhatIfInput!, $language: String!) {
  whatIf(input: $input, first: 30, language: $language) {
    snapshotAt moved sumBefore sumAfter gone { ${CARD} }
    moves { before after change rankBefore rankAfter record { ${CARD} } reasons { code text contribution records { ${CARD} } } }
    lostOnlyLink { ${CARD} } leftWithOne { record { ${CARD} } last { ${CARD} } }
    outOfReach { ${REACH} } furtherAway { ${REACH} }
  }
}`;

/** The types whose risk can be compared. */
export function useTypesAtRisk(): string[] {
  return useProfiles().data?.filter(({ declared }) => declared).map(({ type }) => type) ?? [];
}

/** What would be if that were so; changes nothing. Risk is that of one type, so that it waits until one is known. */
export function useWhatIf(search: WhatIfSearch) {
  const { language } = useSettings();
  const input = search.score === 'churn' && !search.type ? null : inputOf(search);
  return useQuery({
    queryKey: keys.whatIf(input, language),
    queryFn: async ({ signal }) => (await gql<{ whatIf: Outcome }>(WHAT_IF, { input, language }, signal)).whatIf,
    enabled: input !== null,
    placeholderData: keepPreviousData,
  });
}
