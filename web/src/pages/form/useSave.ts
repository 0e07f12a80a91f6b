import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { changeMutation } from '@/meta/compose';
import type { Values } from '@/meta/forms/draft';
import type { EntityType } from '@/meta/model';
import { useUndo } from '@/meta/useUndo';
import { tell } from '@/ui/toasts';

interface Done {
  done: { changeSet: string | null; errors: Problem[] };
}

/** Saves a form onto the version that it was made from, and offers the way back. */
export function useSave(type: EntityType, id: string, then: () => Promise<void>) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const undo = useUndo();
  return useMutation({
    mutationFn: async ({ version, data }: { version: number; data: Values }) => {
      const { done } = await gql<Done>(changeMutation(type), { input: { id, version, data } });
      const first = done.errors[0];
      if (first) throw new Failure(first.code, first.message, '', done.errors);
      return done.changeSet;
    },
    onSuccess: async (changeSet) => {
      await then();
      for (const queryKey of [keys.record(id), keys.recordsOf(type.name), keys.day]) void client.invalidateQueries({ queryKey });
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
  });
}
