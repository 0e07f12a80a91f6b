import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { tell } from '@/ui/toasts';
import { useDesigner } from './designer';
import { countOf } from './draft';
import { back, discard, forth, useSteps } from './store';

/** What is gathered so far, with the way back and the way on. */
export function DraftBar() {
  const { t } = useTranslation();
  const format = useFormat();
  const { draft, plan, planning, problems, show } = useDesigner();
  const { canGoBack, canGoForth } = useSteps();
  const count = draft ? countOf(draft) : 0;
  if (!count && !canGoBack && !canGoForth) return null;

  function forget(): void {
    discard();
    tell(t('model:draft.discarded'), { label: t('app:undo'), run: back });
  }

  return (
    <footer className="model-draft" aria-label={t('model:draft.name')}>
      <ActionIcon variant="subtle" color="gray" size={34} disabled={!canGoBack} aria-label={t('model:draft.back')} onClick={back}><IconArrowBackUp size={18} className="model-turn" /></ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={34} disabled={!canGoForth} aria-label={t('model:draft.forth')} onClick={forth}><IconArrowForwardUp size={18} className="model-turn" /></ActionIcon>
      <span className="model-draft-words" role="status">
        <b className="num">{t('model:draft.changes', { count, number: format.number(count) })}</b>
        <small className={problems.length ? 'bad' : 'muted'}>
          {problems.length
            ? t('model:draft.problems', { count: problems.length, number: format.number(problems.length) })
            : planning || !plan
              ? t('model:draft.planning')
              : t(`model:effect.${plan.effect}`)}
        </small>
      </span>
      <span className="grow" />
      {count > 0 && <Button size="sm" variant="subtle" color="gray" onClick={forget}>{t('model:draft.discard')}</Button>}
      {count > 0 && <Button size="sm" onClick={() => show({ ask: 'plan' })}>{t('model:draft.review')}</Button>}
    </footer>
  );
}
