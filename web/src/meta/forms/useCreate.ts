import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { createMutation } from '@/meta/compose';
import { namingField, type EntityType } from '@/meta/model';
import { useSend } from '@/meta/useSend';
import { useUndo } from '@/meta/useUndo';
import { tell } from '@/ui/toasts';
import type { Values } from './draft';

/**
 * Makes a record with all that is linked or made with it in one save; `also` are records that show it.
 * `then` hears under which id, or null when it waits for the line.
 */
export function useCreate(type: EntityType, also: readonly string[], then: (id: string | null) => void | Promise<void>) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { language } = useSettings();
  const undo = useUndo();
  const send = useSend();
  return useMutation({
    mutationFn: (data: Values) => {
      const named = namingField(type);
      const title = String((named && data[named.name]) ?? type.label[language]);
      return send({ query: createMutation(type), look: '', type: type.name, id: '', title, version: null, data, before: null });
    },
    onSuccess: async ({ record, changeSet, kept }) => {
      if (kept) return then(null);
      for (const each of also) void client.invalidateQueries({ queryKey: keys.record(each) });
      for (const queryKey of [keys.recordsOf(type.name), keys.counts, keys.day]) void client.invalidateQueries({ queryKey });
      await then(record?.id ?? null);
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
  });
}
