import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useModel } from '@/meta/model';
import { agesOf, agesQuery, type Ages } from './ages';
import type { Found } from './ways';

const NONE: Ages = {};

/** Since when the links of these ways hold; nothing while that is on its way. */
export function useAges(ways: readonly Found[], asOf: string): Ages {
  const { data: model } = useModel();
  const asked = useMemo(() => (model ? agesQuery(ways, model, asOf) : null), [ways, model, asOf]);
  const found = useQuery({
    queryKey: [...keys.paths(asked?.query), asked?.variables],
    queryFn: async ({ signal }) => (asked ? agesOf(await gql(asked.query, asked.variables, signal), asked.about) : NONE),
    enabled: Boolean(asked),
  });
  return found.data ?? NONE;
}
