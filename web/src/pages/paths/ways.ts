/** Asking for ways, by relationships or by links, and both told alike. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { CardOf } from '@/meta/useCard';
import type { Asked } from './asked';

export interface Step {
  source: string;
  target: string;
  /** The relations that join the two; none where only contact shows that they know each other. */
  relations: string[];
  strength: number | null;
  cost: number | null;
}

export interface Found {
  records: CardOf[];
  steps: Step[];
  strength: number | null;
  cost: number | null;
  /** The place of its weakest step. */
  weakest: number | null;
  /** Who is asked first, and who knows the one wanted; for introductions. */
  ask: CardOf | null;
  introducer: CardOf | null;
}

export interface Answer {
  snapshotAt: string;
  complete: boolean;
  ways: Found[];
}

interface ToldStep {
  source: string;
  target: string;
  relations: string[];
  weight: number;
}

interface ToldPaths {
  paths: {
    snapshotAt: string;
    complete: boolean;
    paths: { records: CardOf[]; steps: ToldStep[]; strength: number | null; cost: number | null; weakest: ToldStep | null }[];
  };
}

interface ToldIntroductions {
  introductions: {
    snapshotAt: string;
    introductions: {
      records: CardOf[];
      strengths: number[];
      strength: number;
      ask: CardOf | null;
      introducer: CardOf | null;
      weakest: { id: string }[];
    }[];
  };
}

const CARD = 'id type title';
const PATHS = `query Paths($from: ID!, $to: ID!, $via: [String!], $measure: PathMeasure!, $first: Int!, $hops: Int, $asOf: DateTime, $costs: [RelationCost!]) {
  paths(from: $from, to: $to, via: $via, measure: $measure, first: $first, hops: $hops, asOf: $asOf, costs: $costs) {
    snapshotAt complete
    paths { strength cost records { ${CARD} } steps { source target relations weight } weakest { source target } }
  }
}`;
const INTRODUCTIONS = `query Introductions($from: ID!, $to: ID!, $first: Int!, $hops: Int!) {
  introductions(from: $from, to: $to, first: $first, hops: $hops) {
    snapshotAt
    introductions { strength strengths records { ${CARD} } ask { ${CARD} } introducer { ${CARD} } weakest { id } }
  }
}`;

export function useWays(asked: Asked) {
  return useQuery({
    queryKey: keys.paths(asked),
    queryFn: ({ signal }) => (asked.by === 'introduction' ? introductions(asked, signal) : paths(asked, signal)),
    enabled: Boolean(asked.from && asked.to && asked.from !== asked.to),
    placeholderData: keepPreviousData,
  });
}

async function introductions({ from, to, first, hops }: Asked, signal: AbortSignal): Promise<Answer> {
  const told = (await gql<ToldIntroductions>(INTRODUCTIONS, { from, to, first, hops }, signal)).introductions;
  const ways = told.introductions.map(({ records, strengths, strength, ask, introducer, weakest }) => {
    const steps = strengths.map((each, place) => ({
      source: records[place]?.id ?? '',
      target: records[place + 1]?.id ?? '',
      relations: [],
      strength: each,
      cost: null,
    }));
    return { records, steps, strength, cost: null, ask, introducer, weakest: placeOf(steps, weakest[0]?.id, weakest[1]?.id) };
  });
  return { snapshotAt: told.snapshotAt, complete: true, ways };
}

async function paths(asked: Asked, signal: AbortSignal): Promise<Answer> {
  const { from, to, by, first, hops, via, asOf, costs } = asked;
  const variables = {
    from, to, first, hops,
    via: via.length ? via : null,
    measure: by.toUpperCase(),
    asOf: asOf ? `${asOf}T23:59:59Z` : null,
    costs: by === 'cheapest' ? Object.entries(costs).map(([relation, cost]) => ({ relation, cost })) : null,
  };
  const told = (await gql<ToldPaths>(PATHS, variables, signal)).paths;
  const ways = told.paths.map(({ records, steps, strength, cost, weakest }) => {
    const measured = steps.map(({ weight, ...step }) => ({
      ...step,
      strength: by === 'strongest' ? weight : null,
      cost: by === 'cheapest' ? weight : null,
    }));
    return { records, steps: measured, strength, cost, ask: null, introducer: null, weakest: placeOf(steps, weakest?.source, weakest?.target) };
  });
  return { snapshotAt: told.snapshotAt, complete: told.complete, ways };
}

/** Which step joins the two; null when none does. */
function placeOf(steps: readonly { source: string; target: string }[], one?: string, other?: string): number | null {
  const place = steps.findIndex(({ source, target }) => (source === one && target === other) || (source === other && target === one));
  return place < 0 ? null : place;
}
