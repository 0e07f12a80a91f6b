import { useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { asFailure } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { ToldPart } from './answer';
import { asks, type Tile } from './board';
import { operationOf, partsOf, type Around } from './compose';
import { fits } from './fields';

/** What came of one tile: its figures and those of the period before, or why there are none. */
export interface Answer {
  now?: ToldPart;
  before?: ToldPart;
  error?: unknown;
}

export type Answers = Record<string, Answer>;

const LISTS = 2; // in one operation: Neo4j plans a large statement for long, and the first tiles would wait for the last

/** The figures of all tiles in a few operations, told anew when records of a type that they show change. */
export function useFigures(tiles: readonly Tile[], around: Around) {
  const client = useQueryClient();
  const asked = tiles.filter((tile) => asks(tile) && fits(tile, around.model));
  return useQueries({
    queries: together(asked, around).map((some) => {
      const { query, variables } = operationOf(some.flatMap((tile) => partsOf(tile, around)), around.at);
      // what was is not told anew, whatever changes now
      const types = around.at ? [] : [...new Set(some.map((tile) => tile.source.type))];
      return {
        queryKey: keys.figures(types, [some.map(shapeOf), query, variables]),
        queryFn: ({ signal }: { signal: AbortSignal }) => answered(some, around, signal),
        placeholderData: () => answeredBefore(client, some),
      };
    }),
    combine: (found) => ({
      answers: Object.assign({}, ...found.map((each) => each.data ?? {})) as Answers,
      error: found.find((each) => each.error)?.error,
      again: () => found.forEach((each) => void each.refetch()),
    }),
  });
}

/** What an answer to a tile looks like: one of the same shape can be drawn until the right one is there. */
export const shapeOf = ({ id, kind, source: { type, by, measures, fields, link } }: Tile): string => JSON.stringify([id, kind, type, by, measures, fields, link]);

/** What these tiles were last answered, with whichever other tiles and filters they were asked. */
export function answeredBefore(client: QueryClient, tiles: readonly Tile[]): Answers | undefined {
  const cached = client.getQueryCache().findAll({ queryKey: keys.anyFigures });
  const latest = cached.sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  const answers: Answers = {};
  for (const tile of tiles) {
    const found = latest.find(({ queryKey: [, , operation], state }) => state.data && (operation as [string[]])[0].includes(shapeOf(tile)));
    const answer = (found?.state.data as Answers | undefined)?.[tile.id];
    if (answer?.now) answers[tile.id] = answer;
  }
  return Object.keys(answers).length ? answers : undefined;
}

/** Tiles in their order, those together that come to a few lists; what several ask alike is asked once. */
export function together(tiles: readonly Tile[], around: Around): Tile[][] {
  const made: Tile[][] = [];
  for (const tile of tiles) {
    const last = made.at(-1);
    const lists = operationOf([...(last ?? []), tile].flatMap((each) => partsOf(each, around)), around.at).lists;
    if (last && lists <= LISTS) last.push(tile);
    else made.push([tile]);
  }
  return made;
}

/** All at once; where that is refused each for itself, so that one tile's fault is its own. */
async function answered(tiles: readonly Tile[], around: Around, signal: AbortSignal): Promise<Answers> {
  const { query, variables, aliases } = operationOf(tiles.flatMap((tile) => partsOf(tile, around)), around.at);
  try {
    const told = await gql<Record<string, ToldPart>>(query, variables, signal);
    const answers: Answers = {};
    for (const { tile, slot, alias } of aliases) {
      const part = told[alias];
      if (part) answers[tile] = { ...answers[tile], [slot]: part };
    }
    return answers;
  } catch (error) {
    const { code } = asFailure(error);
    if (signal.aborted || code === 'offline' || code === 'unavailable' || code === 'not_signed_in') throw error;
    if (tiles.length === 1) return { [tiles[0]!.id]: { error } };
    const each = await Promise.all(tiles.map((tile) => answered([tile], around, signal)));
    return Object.assign({}, ...each) as Answers;
  }
}
