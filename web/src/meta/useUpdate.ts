import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure, Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { updateMutation } from './compose';
import type { EntityType, Field } from './model';
import type { Row } from './rows';
import { useUndo } from './useUndo';

export interface Page {
  page: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

type Pages = InfiniteData<Page>;

interface Done {
  done: { record: Row | null; changeSet: string | null; errors: Problem[] };
}

export interface Change {
  row: Row;
  field: Field;
  /** As the editor holds it, shown at once. */
  shown: unknown;
  sent: unknown;
}

const withRow = (pages: Pages | undefined, row: Row): Pages | undefined =>
  pages && {
    ...pages,
    pages: pages.pages.map((each) => ({
      page: { ...each.page, nodes: each.page.nodes.map((node) => (node.id === row.id ? { ...node, ...row } : node)) },
    })),
  };

/** Changes one field of a record in a list: seen at once, taken back when the server refuses, undone on a click. */
export function useUpdate(type: EntityType) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const undo = useUndo();
  const place = { queryKey: keys.recordsOf(type.name) };

  function show(row: Row): void {
    client.setQueriesData<Pages>(place, (pages) => withRow(pages, row));
  }

  return useMutation({
    mutationFn: ({ row, field, sent }: Change) => send(type, row, field, sent),
    onMutate: async ({ row, field, shown }: Change) => {
      await client.cancelQueries(place);
      show({ ...row, [field.name]: shown });
    },
    onSuccess: ({ record, changeSet }, { row }) => {
      if (record) show(record);
      void client.invalidateQueries({ queryKey: keys.record(row.id) });
      void client.invalidateQueries({ queryKey: keys.laidOutOf(type.name) });
      void client.invalidateQueries({ queryKey: ['totals', type.name] });
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
    onError: (error, { row }) => {
      show(row);
      void client.invalidateQueries(place);
      tell(words(asFailure(error)));
    },
  });
}

async function send(type: EntityType, row: Row, field: Field, sent: unknown): Promise<Done['done']> {
  const input = { id: row.id, version: row.version, data: { [field.name]: sent } };
  const { done } = await gql<Done>(updateMutation(type, [field]), { input });
  const first = done.errors[0];
  if (first) throw new Failure(first.code, first.message, '', done.errors);
  return done;
}
