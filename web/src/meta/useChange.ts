import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure, Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { changeMutation } from './compose';
import type { EntityType } from './model';
import { useUndo } from './useUndo';

interface Done {
  done: { changeSet: string | null; errors: Problem[] };
}

export interface RecordChange {
  type: EntityType;
  id: string;
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
  return useMutation({
    mutationFn: async ({ type, id, data }: RecordChange) => {
      const { done } = await gql<Done>(changeMutation(type), { input: { id, data } });
      const first = done.errors[0];
      if (first) throw new Failure(first.code, first.message, '', done.errors);
      return done.changeSet;
    },
    onSuccess: (changeSet, { type, id, says, also = [] }) => {
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
