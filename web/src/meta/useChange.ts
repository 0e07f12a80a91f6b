import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { changeMutation } from './compose';
import type { EntityType } from './model';
import { useSend } from './useSend';
import { useUndo } from './useUndo';

export interface RecordChange {
  type: EntityType;
  id: string;
  /** What the record is called, for when the change has to wait. */
  title: string;
  /** Fields and links as the API's update takes them. */
  data: Record<string, unknown>;
  /** What is told when it is done; "Saved." if left out. */
  says?: string;
  /** Records that show it too. */
  also?: readonly string[];
  /** Problems are shown by whoever asked, and not told. */
  quiet?: boolean;
}

/** Changes one record, wherever it is shown, and offers the way back. */
export function useChange() {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const undo = useUndo();
  const send = useSend();
  return useMutation({
    mutationFn: ({ type, id, title, data }: RecordChange) =>
      send({ query: changeMutation(type), look: '', type: type.name, id, title, version: null, data, before: null }),
    onSuccess: ({ changeSet, kept }, { type, id, says, also = [] }) => {
      if (kept) return;
      for (const each of [id, ...also]) void client.invalidateQueries({ queryKey: keys.record(each) });
      void client.invalidateQueries({ queryKey: keys.recordsOf(type.name) });
      void client.invalidateQueries({ queryKey: keys.laidOutOf(type.name) });
      void client.invalidateQueries({ queryKey: keys.day });
      if (changeSet) tell(says ?? t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
    onError: (error, { quiet }) => {
      if (!quiet) tell(words(asFailure(error)));
    },
  });
}
