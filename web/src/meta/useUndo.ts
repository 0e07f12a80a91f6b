import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Language } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useSaid } from '@/ui/useSaid';
import { heading, useModel, type Model } from './model';

interface Conflict {
  code: string;
  message: string;
  type: string;
  field: string | null;
  ofLink: boolean;
  actor: { name: string } | null;
}

interface Undone {
  undoChange: { done: boolean; errors: Problem[]; conflicts: Conflict[] };
}

const UNDO = `mutation Undo($input: UndoChangeInput!) {
  undoChange(input: $input) { done errors { code message path details } conflicts { code message type field ofLink actor { name } } }
}`;

/** Takes back a change set; says so, or what others have done since that stands in the way. */
export function useUndo(): (changeSet: string) => Promise<void> {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { language } = useSettings();
  const model = useModel().data;
  const words = useWords();
  const said = useSaid();
  return async (changeSet) => {
    try {
      const { undoChange } = await gql<Undone>(UNDO, { input: { changeSet } });
      const [conflict] = undoChange.conflicts;
      const [problem] = undoChange.errors;
      const why = conflict ? blocked(conflict, model, language, t) : problem && said.problem(problem);
      tell(undoChange.done ? t('app:undone') : (why ?? t('errors:unexpected')));
      for (const queryKey of [['records'], ['laid out'], ['record'], ['totals'], keys.counts, keys.day]) void client.invalidateQueries({ queryKey });
    } catch (error) {
      tell(words(asFailure(error)));
    }
  };
}

/** What is in the way, in the reader's words and with the labels of the model. */
function blocked(conflict: Conflict, model: Model | undefined, language: Language, t: TFunction): string {
  const { code, field: name, ofLink, actor, type, message } = conflict;
  const who = `\u2068${actor?.name ?? t('app:undoBlocked.somebody')}\u2069`;
  const field = ofLink ? undefined : model?.types.find((each) => each.name === type)?.fields.find((each) => each.name === name);
  switch (code) {
    case 'changed_since':
      if (ofLink) return t('app:undoBlocked.changedLink', { who });
      return name ? t('app:undoBlocked.changed', { who, field: field ? heading(field, language) : name }) : t('app:undoBlocked.removed', { who });
    case 'removed_since':
      return t('app:undoBlocked.removed', { who });
    case 'linked_since':
      return t('app:undoBlocked.linked');
    case 'erased':
      return t('app:undoBlocked.erased');
    case 'end_gone':
      return t('app:undoBlocked.gone');
    case 'unknown_type':
      return t('app:undoBlocked.model', { type });
    default:
      return message;
  }
}
