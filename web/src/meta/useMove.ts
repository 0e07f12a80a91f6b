import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import type { Wish } from '@/kept/waiting';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { updateMutation } from './compose';
import type { EntityType } from './model';
import type { Row } from './rows';
import { lookAt, useSend } from './useSend';
import { useUndo } from './useUndo';

export interface Move<Data> {
  row: Row;
  /** The fields that it takes to another place. */
  data: Record<string, unknown>;
  /** How that looks before the server has said so. */
  shown: (now: Data) => Data;
}

/** Moves records that are laid out by a field: seen at once, back where they were when the server refuses, undone on a click. */
export function useMove<Data>(type: EntityType, queryKey: QueryKey, renewed: (now: Data, row: Row) => Data) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const undo = useUndo();
  const send = useSend();
  return useMutation({
    mutationFn: ({ row, data }: Move<Data>) => send(wishOf(type, row, data)),
    onMutate: async ({ shown }: Move<Data>) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Data>(queryKey);
      if (before) client.setQueryData<Data>(queryKey, shown(before));
      return { before };
    },
    onSuccess: ({ record, changeSet, kept }, { row }) => {
      if (kept) return;
      if (record) client.setQueryData<Data>(queryKey, (now) => now && renewed(now, record));
      for (const key of [keys.laidOutOf(type.name), keys.recordsOf(type.name), ['totals', type.name], keys.record(row.id)]) {
        void client.invalidateQueries({ queryKey: key });
      }
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
    onError: (error, _move, kept) => {
      if (kept?.before) client.setQueryData<Data>(queryKey, kept.before);
      void client.invalidateQueries({ queryKey });
      tell(words(asFailure(error)));
    },
  });
}

function wishOf(type: EntityType, row: Row, data: Record<string, unknown>): Wish {
  const fields = type.fields.filter((field) => field.name in data);
  const before = Object.fromEntries(fields.flatMap(({ name }) => (name in row ? [[name, row[name]]] : [])));
  const { id, version, displayName: title } = row;
  return { query: updateMutation(type, fields), look: lookAt(type, data), type: type.name, id, title, version, data, before };
}
