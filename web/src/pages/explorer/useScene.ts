import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Around } from '@/api/first';
import { keys } from '@/api/keys';
import { aroundAnswer, scores, ways, type Way } from '@/graph/asking';
import { recordsOf, withLikely } from '@/graph/likely';
import { EMPTY, sceneOf, type Drawn, type Scene } from '@/graph/scene';
import type { Scores } from '@/graph/scores';
import { useSettings } from '@/lib/useSettings';
import type { ExploreSearch } from './address';
import { likelyAnswer } from './likelyAsking';
import { bodyFrom, scene as savedScene, type Body } from './scenes';
import { pairsOf, stepsOf } from './steps';

export interface Asked {
  scene: Scene;
  /** The ways of the last pair that was asked for. */
  ways: readonly Way[];
  pending: boolean;
  error: Error | null;
  again: () => void;
  /** How many records near the start did not fit. */
  leftOut: number;
}

const MOST = 2000;
const NO_SCORES: Scores = new Map();
const NO_WAYS: readonly Way[] = [];

/** The scene of an address: every step is an answer that is kept, so going back asks for nothing. */
export function useScene(search: ExploreSearch): Asked {
  const steps = useQueries({ queries: stepsOf(search).map(aroundAnswer) });
  const led = useQueries({
    queries: pairsOf(search).map(([from, to]) => ({
      queryKey: keys.ways(from, to),
      queryFn: ({ signal }: { signal: AbortSignal }) => ways(from, to, signal),
    })),
  });
  const { language } = useSettings();
  const guessed = useQueries({ queries: (search.likely ?? []).map((id) => likelyAnswer(id, language)) });
  const grown = steps.map(({ data }) => data);
  const found = led.map(({ data }) => data);
  const likely = guessed.flatMap(({ data }) => data ?? []);
  const parts: Drawn[] = [
    ...grown.filter((each) => each !== undefined),
    ...found.flatMap((each) => each ?? []).map(({ records }) => ({ records, links: [] })),
    ...likely.map((each) => ({ records: recordsOf(each), links: [] })),
  ];
  const every = [...steps, ...led, ...guessed];
  const come = every.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // what came in several answers may be linked too
  const ids = useMemo(() => [...new Set(parts.flatMap(({ records }) => records.map(({ id }) => id)))].slice(0, MOST), [search, come]);
  const rest: Around = { ids, hops: 0, most: ids.length };
  const among = useQuery({ ...aroundAnswer(rest), enabled: parts.length > 1, placeholderData: keepPreviousData });
  const scene = useMemo(() => (parts.length ? withLikely(sceneOf(among.data && parts.length > 1 ? [...parts, among.data] : parts), likely) : EMPTY), [ids, among.data]);
  return {
    scene,
    ways: found.at(-1) ?? NO_WAYS,
    pending: every.some(({ isPending }) => isPending),
    error: every.find(({ error }) => error)?.error ?? null,
    again: () => every.forEach((query) => query.isError && void query.refetch()),
    leftOut: Object.values(grown[0]?.leftOut ?? {}).reduce((sum, count) => sum + count, 0),
  };
}

/** Of larger scenes scores are asked for when the drawing shows them. */
const MOST_SCORED_UNASKED = 2000;

/** What the last runs of analytics stored of the records of a scene; `drawn`: the drawing shows it. */
export function useScores(scene: Scene, drawn: boolean): Scores {
  const ids = useMemo(() => [...scene.records.keys()].sort(), [scene]);
  const found = useQuery({
    queryKey: keys.scoresOf(ids),
    queryFn: ({ signal }) => scores(ids, signal),
    enabled: ids.length > 0 && (drawn || ids.length <= MOST_SCORED_UNASKED),
    placeholderData: keepPreviousData,
  });
  return found.data ?? NO_SCORES;
}

/** Where the records of a saved scene stood; undefined while that is on its way, null where there is none. */
export function useKept(id: string | undefined): Body | null | undefined {
  const found = useQuery({
    queryKey: keys.scene(id ?? ''),
    queryFn: ({ signal }) => savedScene(id ?? '', signal),
    enabled: id !== undefined,
    retry: false,
  });
  return useMemo(() => {
    if (id === undefined || found.isError) return null;
    return found.data === undefined ? undefined : found.data && bodyFrom(found.data.body);
  }, [id, found.data, found.isError]);
}
