import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { written } from '@/api/writing';
import { useFormat } from '@/lib/useSettings';
import type { EntityType } from '@/meta/model';
import { useUndo } from '@/meta/useUndo';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import type { Chosen } from './useSelection';

const bulk = (type: EntityType, verb: 'update' | 'delete'): string => {
  const name = type.many.charAt(0).toUpperCase() + type.many.slice(1);
  return `mutation Bulk($input: ${verb === 'update' ? 'Update' : 'Delete'}${name}Input!) {
  done: ${verb}${name}(input: $input) { changeSet errors { code message path details } }
}`;
};

/** Changes or deletes many records as one: all of them or none, and one click takes it back. */
export function useBulk(type: EntityType, done: () => void) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const undo = useUndo();
  return useMutation({
    mutationFn: async ({ rows, data }: { rows: readonly Chosen[]; data: Record<string, unknown> | null }) => {
      const input = data ? { data: rows.map(({ id, version }) => ({ id, version, data })) } : { ids: rows.map(({ id }) => id) };
      return (await written(bulk(type, data ? 'update' : 'delete'), input)).changeSet;
    },
    onSuccess: (changeSet, { rows, data }) => {
      for (const queryKey of [keys.recordsOf(type.name), keys.laidOutOf(type.name), ['totals', type.name], keys.counts]) {
        void client.invalidateQueries({ queryKey });
      }
      const told = t(data ? 'list:bulk.done' : 'list:bulk.gone', { count: rows.length, number: format.number(rows.length) });
      if (changeSet) tell(told, { label: t('app:undo'), run: () => void undo(changeSet) });
      done();
    },
    onError: (error) => tell(words(asFailure(error))),
  });
}
