import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { withValues } from '@/kept/showing';
import type { Wish } from '@/kept/waiting';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { updateMutation } from './compose';
import type { EntityType, Field } from './model';
import type { Row } from './rows';
import { lookAt, useSend } from './useSend';
import { useUndo } from './useUndo';

export interface Page {
  page: { nodes: Row[]; pageInfo: { hasNextPage: boolean; startCursor?: string | null; endCursor: string | null } };
}

export interface Change {
  row: Row;
  field: Field;
  /** As the editor holds it, shown at once. */
  shown: unknown;
  sent: unknown;
}

/** Changes one field of a record in a list: seen at once, taken back when the server refuses, undone on a click. */
export function useUpdate(type: EntityType) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const undo = useUndo();
  const send = useSend();
  const place = { queryKey: keys.recordsOf(type.name) };

  function show(row: Row): void {
    client.setQueriesData(place, (answer: unknown) => withValues(answer, row.id, row));
  }

  return useMutation({
    mutationFn: ({ row, field, sent }: Change) => send(wishOf(type, row, field, sent)),
    onMutate: async ({ row, field, shown }: Change) => {
      await client.cancelQueries(place);
      show({ ...row, [field.name]: shown });
    },
    onSuccess: ({ record, changeSet, kept }, { row }) => {
      if (kept) return;
      if (record) show(record);
      void client.invalidateQueries({ queryKey: keys.record(row.id) });
      void client.invalidateQueries({ queryKey: keys.laidOutOf(type.name) });
      void client.invalidateQueries({ queryKey: ['totals', type.name] });
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
    // what was on its way when it was called off is asked for again
    onSettled: () => void client.refetchQueries({ ...place, type: 'active', predicate: ({ state }) => state.data === undefined }),
    onError: (error, { row }) => {
      show(row);
      void client.invalidateQueries(place);
      tell(words(asFailure(error)));
    },
  });
}

function wishOf(type: EntityType, row: Row, field: Field, sent: unknown): Wish {
  const data = { [field.name]: sent };
  const before = { [field.name]: row[field.name] ?? null };
  const { id, version, displayName: title } = row;
  return { query: updateMutation(type, [field]), look: lookAt(type, data), type: type.name, id, title, version, data, before };
}
