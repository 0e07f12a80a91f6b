import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import type { CardOf } from '@/meta/useCard';

export interface Move {
  record: CardOf;
  before: number;
  after: number;
  change: number;
  rankBefore: number;
  rankAfter: number;
  reasons: { code: string; text: string; contribution: number }[];
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
    moves { before after change rankBefore rankAfter record { ${CARD} } reasons { code text contribution } }
    lostOnlyLink { ${CARD} } leftWithOne { record { ${CARD} } last { ${CARD} } }
    outOfReach { ${REACH} } furtherAway { ${REACH} }
  }
}`;

/** What would be if that were so; changes nothing. */
export function useWhatIf(input: Record<string, unknown> | null) {
  const { language } = useSettings();
  return useQuery({
    queryKey: keys.whatIf(input, language),
    queryFn: async ({ signal }) => (await gql<{ whatIf: Outcome }>(WHAT_IF, { input, language }, signal)).whatIf,
    enabled: input !== null,
    placeholderData: keepPreviousData,
  });
}
