import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { WaitList } from '@/meta/forms/Waits';
import { Card } from '@/ui/Card';
import { MoreLink } from './MoreLink';
import { useLogging } from './logging';
import type { View } from '@/meta/view360';

/** Open tasks, cases and whatever else waits for somebody; finished or put off where they stand. */
export function Waiting({ view, closed }: { view: View; closed: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sorts, log } = useLogging();
  const task = sorts.find((what) => what.role === 'task');
  if (!view.unfinished.length && !task) return null;
  const waits = view.unfinished.map(({ record, due, late }) => ({ ...record, due, late }));
  return (
    <Card
      title={t('record:waiting.title')}
      note={waits.length ? format.number(waits.length) : undefined}
      aside={task && <MoreLink label={t('record:waiting.add')} onClick={() => log(task)} />}
    >
      {waits.length ? <WaitList waits={waits} of={view.record.id} closed={closed} /> : <p className="card-note card-end">{t('record:waiting.none')}</p>}
    </Card>
  );
}
