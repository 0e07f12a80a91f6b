import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { createMutation } from '@/meta/compose';
import type { EntityType } from '@/meta/model';
import { useUndo } from '@/meta/useUndo';
import { tell } from '@/ui/toasts';
import type { Values } from './draft';

interface Done {
  done: { record: { id: string } | null; changeSet: string | null; errors: Problem[] };
}

/** Makes a record with all that is linked or made with it in one save; `also` are records that show it. */
export function useCreate(type: EntityType, also: readonly string[], then: (id: string) => void | Promise<void>) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const undo = useUndo();
  return useMutation({
    mutationFn: async (data: Values) => {
      const { done } = await gql<Done>(createMutation(type), { input: { data } });
      const first = done.errors[0];
      if (first || !done.record) throw new Failure(first?.code ?? 'unexpected', first?.message ?? '', '', done.errors);
      return { id: done.record.id, changeSet: done.changeSet };
    },
    onSuccess: async ({ id, changeSet }) => {
      for (const each of also) void client.invalidateQueries({ queryKey: keys.record(each) });
      for (const queryKey of [keys.recordsOf(type.name), keys.counts, keys.day]) void client.invalidateQueries({ queryKey });
      await then(id);
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
  });
}
