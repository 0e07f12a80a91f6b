import { useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useModel, type EntityType } from './model';

const countsQuery = (types: readonly EntityType[]): string =>
  `query Counts { ${types.map((type) => `${type.many}(first: 0) { totalCount }`).join(' ')} }`;

type Counted = Record<string, { totalCount: number }>;

async function read(types: readonly EntityType[], signal: AbortSignal): Promise<Record<string, number>> {
  if (!types.length) return {};
  const counted = await gql<Counted>(countsQuery(types), {}, signal);
  return Object.fromEntries(types.map((type) => [type.name, counted[type.many]?.totalCount ?? 0]));
}

/** How many records each type has, by its name. */
export function useCounts() {
  const model = useModel();
  return useQuery({
    queryKey: [...keys.counts, model.data?.version],
    queryFn: ({ signal }) => read(model.data?.types ?? [], signal),
    enabled: Boolean(model.data),
  });
}
