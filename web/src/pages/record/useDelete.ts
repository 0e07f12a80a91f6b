import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { written } from '@/api/writing';
import { deleteMutation } from '@/meta/compose';
import type { EntityType } from '@/meta/model';
import { useUndo } from '@/meta/useUndo';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';

/** Puts a record into the trash, without asking: the way back is offered instead. */
export function useDelete(type: EntityType) {
  const client = useQueryClient();
  const go = useNavigate();
  const { t } = useTranslation();
  const words = useWords();
  const undo = useUndo();
  return useMutation({
    mutationFn: async (input: { id: string; version: number }) => (await written(deleteMutation(type), input)).changeSet,
    onSuccess: async (changeSet) => {
      await go({ to: '/t/$type', params: { type: type.name } });
      void client.invalidateQueries({ queryKey: keys.recordsOf(type.name) });
      void client.invalidateQueries({ queryKey: keys.counts });
      if (changeSet) tell(t('record:deleted'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
    onError: (error) => tell(words(asFailure(error))),
  });
}
