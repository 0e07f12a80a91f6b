/** How many records each type has, by its name: asked as soon as the model is there, for every page's frame shows it. */
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { EntityType, Model } from './types';

const countsQuery = (types: readonly EntityType[]): string =>
  `query Counts { ${types.map((type) => `${type.many}(first: 0) { totalCount }`).join(' ')} }`;

type Counted = Record<string, { totalCount: number }>;

async function read(types: readonly EntityType[], signal: AbortSignal): Promise<Record<string, number>> {
  if (!types.length) return {};
  const counted = await gql<Counted>(countsQuery(types), {}, signal);
  return Object.fromEntries(types.map((type) => [type.name, counted[type.many]?.totalCount ?? 0]));
}

export const countsOf = (model: Model | undefined) => ({
  queryKey: [...keys.counts, model?.version],
  queryFn: ({ signal }: { signal: AbortSignal }) => read(model?.types ?? [], signal),
});
