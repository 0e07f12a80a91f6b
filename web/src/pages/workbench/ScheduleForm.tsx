import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { digits } from '@/meta/kinds/number';
import { useFormat } from '@/lib/useSettings';
import { Card } from '@/ui/Card';
import { useRunAct, type Schedule } from './runs';

const MINUTES = 60;

/** When a run begins by itself: whichever comes first; with neither, never. */
export function ScheduleForm({ engine, schedule }: { engine: string; schedule: Schedule | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hours, setHours] = useState(schedule?.afterMinutes ? format.typed(String(schedule.afterMinutes / MINUTES)) : '');
  const [changes, setChanges] = useState(schedule?.afterChanges ? format.typed(String(schedule.afterChanges)) : '');
  const save = useRunAct(engine, 'schedule', t('app:saved'));
  function submit(event: FormEvent): void {
    event.preventDefault();
    const whole = (text: string, by: number): number | null => Math.round(Number(digits(text)) * by) || null;
    save.mutate({ engine, type: null, afterMinutes: whole(hours, MINUTES), afterChanges: whole(changes, 1) });
  }
  return (
    <Card title={t('workbench:schedule.title')} note={schedule?.lastAt && t('workbench:schedule.last', { when: format.moment(schedule.lastAt) })}>
      <form className="schedule" onSubmit={submit}>
        <TextInput size="sm" inputMode="decimal" label={t('workbench:schedule.hours')} value={hours} onChange={(event) => setHours(event.currentTarget.value)} />
        <TextInput size="sm" inputMode="numeric" label={t('workbench:schedule.changes')} value={changes} onChange={(event) => setChanges(event.currentTarget.value)} />
        <Button type="submit" size="sm" variant="default" loading={save.isPending}>{t('app:save')}</Button>
        <small className="muted">{t('workbench:schedule.says')}</small>
      </form>
    </Card>
  );
}
