import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useSaid } from '@/ui/useSaid';

interface Undone {
  undoChange: { done: boolean; errors: Problem[]; conflicts: { message: string }[] };
}

const UNDO = 'mutation Undo($input: UndoChangeInput!) { undoChange(input: $input) { done errors { code message path details } conflicts { message } } }';

/** Takes back a change set; says so, or why it cannot be taken back any more. */
export function useUndo(): (changeSet: string) => Promise<void> {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const said = useSaid();
  return async (changeSet) => {
    try {
      const { undoChange } = await gql<Undone>(UNDO, { input: { changeSet } });
      const [first] = undoChange.errors;
      const why = first ? said.problem(first) : undoChange.conflicts[0]?.message;
      tell(undoChange.done ? t('app:undone') : (why ?? t('errors:unexpected')));
      for (const queryKey of [['records'], ['laid out'], ['record'], ['totals'], keys.counts, keys.day]) void client.invalidateQueries({ queryKey });
    } catch (error) {
      tell(words(asFailure(error)));
    }
  };
}
