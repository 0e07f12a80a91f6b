import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { updateMutation } from '@/meta/compose';
import type { Values } from '@/meta/forms/draft';
import type { EntityType } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { lookAt, useSend } from '@/meta/useSend';
import { useUndo } from '@/meta/useUndo';
import { tell } from '@/ui/toasts';

/** Saves a form onto the version that it was made from, and offers the way back. */
export function useSave(type: EntityType, id: string, then: () => Promise<void>) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const undo = useUndo();
  const send = useSend();
  return useMutation({
    mutationFn: ({ from, data }: { from: Row; data: Values }) => {
      const before = Object.fromEntries(Object.keys(data).map((name) => [name, from[name] ?? null]));
      const { version, displayName: title } = from;
      return send({ query: updateMutation(type, []), look: lookAt(type, data), type: type.name, id, title, version, data, before });
    },
    onSuccess: async ({ changeSet, kept }) => {
      await then();
      if (kept) return;
      for (const queryKey of [keys.record(id), keys.recordsOf(type.name), keys.day]) void client.invalidateQueries({ queryKey });
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
  });
}
