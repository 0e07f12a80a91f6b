import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asFailure, Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { deleteMutation } from '@/meta/compose';
import type { EntityType } from '@/meta/model';
import { useUndo } from '@/meta/useUndo';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';

interface Done {
  done: { changeSet: string | null; errors: Problem[] };
}

/** Puts a record into the trash, without asking: the way back is offered instead. */
export function useDelete(type: EntityType) {
  const client = useQueryClient();
  const go = useNavigate();
  const { t } = useTranslation();
  const words = useWords();
  const undo = useUndo();
  return useMutation({
    mutationFn: async (input: { id: string; version: number }) => {
      const { done } = await gql<Done>(deleteMutation(type), { input });
      const first = done.errors[0];
      if (first) throw new Failure(first.code, first.message, '', done.errors);
      return done.changeSet;
    },
    onSuccess: async (changeSet) => {
      await go({ to: '/t/$type', params: { type: type.name } });
      void client.invalidateQueries({ queryKey: keys.recordsOf(type.name) });
      void client.invalidateQueries({ queryKey: keys.counts });
      if (changeSet) tell(t('record:deleted'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
    onError: (error) => tell(words(asFailure(error))),
  });
}
