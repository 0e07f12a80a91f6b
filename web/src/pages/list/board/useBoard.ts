import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { figure, pageQuery, type Figures } from '@/meta/compose';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { extended, moved, renewed, type Shelf, type Shelves } from '@/meta/shelves';
import { useMove } from '@/meta/useMove';
import type { Page } from '@/meta/useUpdate';
import type { Asked } from '../useAsked';
import { boardQuery, stagesOf, stageWhere, summed } from './stages';

const PAGE = 25;
const MOST = 500;

interface Told {
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
  aggregate?: Figures;
}

const shelfOf = (told: Told | undefined, sum: Field | undefined): Shelf => ({
  nodes: told?.nodes ?? [],
  count: told?.totalCount ?? 0,
  sum: sum ? figure(told?.aggregate, sum) : null,
  next: told?.pageInfo.hasNextPage ? told.pageInfo.endCursor : null,
});

/** The board of a list by a field: its shelves, how they grow, and how records move between them. */
export function useBoard(asked: Asked, by: Field) {
  const { type, where, text, order } = asked;
  const client = useQueryClient();
  const fields = useMemo(() => [...new Set([by, ...asked.fields])], [by, asked.fields]);
  const stages = useMemo(() => stagesOf(by), [by]);
  const sum = summed(asked.fields);
  const queryKey = keys.laidOut(type.name, 'board', { by: by.name, where, text, order, fields: fields.map((field) => field.name) });

  const found = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Shelves> => {
      const here = client.getQueryData<Shelves>(queryKey);
      const variables: Record<string, unknown> = { text, order };
      stages.forEach(({ value }, place) => {
        variables[`w${place}`] = stageWhere(by, value, where);
        variables[`n${place}`] = Math.min(MOST, Math.max(PAGE, here?.[value]?.nodes.length ?? 0));
      });
      const told = await gql<Record<string, Told>>(boardQuery(type, fields, stages, sum), variables, signal);
      return Object.fromEntries(stages.map(({ value }, place) => [value, shelfOf(told[`s${place}`], sum)]));
    },
    placeholderData: keepPreviousData,
  });

  const growing = useRef(new Set<string>());
  const grow = useCallback(
    async (stage: string) => {
      const after = client.getQueryData<Shelves>(queryKey)?.[stage]?.next;
      if (!after || growing.current.has(stage)) return;
      growing.current.add(stage);
      try {
        const variables = { where: stageWhere(by, stage, where), text, order, first: PAGE, after };
        const { page } = await gql<Page>(pageQuery(type, fields), variables);
        client.setQueryData<Shelves>(queryKey, (now) => {
          const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
          return now?.[stage]?.next === after ? extended(now, stage, page.nodes, next) : now;
        });
      } finally {
        growing.current.delete(stage);
      }
    },
    [client, queryKey, by, where, text, order, type, fields],
  );

  const move = useMove<Shelves>(type, queryKey, renewed);
  const drop = (row: Row, from: string, to: string) =>
    move.mutate({
      row,
      data: { [by.name]: to || null },
      shown: (now) => moved(now, { ...row, [by.name]: to || null }, from, to),
    });

  return { stages, sum, shelves: found.data, error: found.error, again: found.refetch, grow, drop };
}
