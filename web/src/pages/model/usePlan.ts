/** What the draft would do, asked anew a moment after each change of it, with every problem at its place. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSaid } from '@/ui/useSaid';
import { countOf, type Draft } from './draft';
import { patchOf, placeOf, type Place } from './patch';

export type Effect = 'SAFE' | 'FILLS' | 'DESTROYS';

export interface Planned {
  code: string;
  effect: Effect;
  sentence: string;
  path: (string | number)[];
  details: unknown;
  records: number;
  links: number;
}

export interface Plan {
  version: number;
  effect: Effect;
  changes: Planned[];
  errors: Problem[];
  apiBreaks: { code: string; sentence: string; details: unknown }[];
}

export interface PlacedProblem extends Problem {
  place: Place;
}

const WAITS_MS = 500;
const PLAN = `query Plan($input: ModelPatchInput!) {
  planModel(input: $input) {
    version effect changes { code effect sentence path details records links } errors { code message path details } apiBreaks { code sentence details }
  }
}`;

export function usePlan(version: number | undefined, draft: Draft | null) {
  const [settled] = useDebouncedValue(draft, WAITS_MS);
  const said = useSaid();
  const wanted = draft && settled && countOf(settled) > 0 ? settled : null;
  const asked = useQuery({
    queryKey: keys.modelPlan(version ?? 0, wanted),
    queryFn: async ({ signal }) => (await gql<{ planModel: Plan }>(PLAN, { input: wanted && patchOf(wanted) }, signal)).planModel,
    enabled: wanted !== null && version !== undefined,
    placeholderData: keepPreviousData,
  });
  const plan = wanted ? asked.data : undefined;
  const placed = (plan?.errors ?? []).map((problem): PlacedProblem => ({ ...problem, message: said.problem(problem), place: placeOf(problem.path, wanted!) }));
  return { plan, placed, planning: wanted !== null && (asked.isFetching || settled !== draft), fault: asked.error };
}
