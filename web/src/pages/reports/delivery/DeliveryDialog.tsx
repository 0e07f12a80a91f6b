import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarOf, zoneOf } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { Fault } from '@/ui/Fault';
import { EVERY, LAST_DAY, type Delivery, type Every, type Rhythm } from './delivery';
import { useDeliver } from './useDeliveries';
import { useWeekdays } from './useRhythm';

const AT = '08:00';

interface Props {
  page: string;
  name: string;
  before: Delivery | undefined;
  onClose: () => void;
}

/** When a dashboard comes to the reader by itself, by their own clock and calendar. */
export function DeliveryDialog({ page, name, before, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const reader = useSettings();
  const weekdays = useWeekdays();
  const first = weekdays[0]!.on;
  const [rhythm, setRhythm] = useState<Rhythm>({
    every: before?.every ?? 'WEEK', on: before ? before.on : first, at: before?.at ?? AT,
    timeZone: zoneOf(reader), calendar: calendarOf(reader) === 'persian' ? 'PERSIAN' : 'ISO',
  });
  const change = (part: Partial<Rhythm>) => setRhythm((now) => ({ ...now, ...part }));
  const anew = (every: Every) => change({ every, on: every === 'DAY' ? null : every === 'WEEK' ? first : 1 });
  const delivering = useDeliver(page, before);
  const put = (wish: Rhythm | null) => delivering.mutate(wish, { onSuccess: onClose });

  function save(event: FormEvent): void {
    event.preventDefault();
    put(rhythm);
  }

  return (
    <Modal opened onClose={onClose} size={520} title={t('reports:delivery.title', { name: `\u2068${name}\u2069` })} closeButtonProps={{ 'aria-label': t('app:cancel') }}>
      <form className="delivery" onSubmit={save}>
        <p className="muted">{t('reports:delivery.tells')}</p>
        <div className="delivery-when">
          <NativeSelect
            data-autofocus size="sm" label={t('reports:delivery.how')} value={rhythm.every}
            data={EVERY.map((each) => ({ value: each, label: t(`reports:delivery.every.${each}`) }))}
            onChange={(event) => anew(event.currentTarget.value as Every)}
          />
          {rhythm.every !== 'DAY' && (
            <NativeSelect
              size="sm" value={String(rhythm.on ?? first)} onChange={(event) => change({ on: Number(event.currentTarget.value) })}
              label={t(rhythm.every === 'QUARTER' ? 'reports:delivery.dayOfFirst' : 'reports:delivery.day')}
              data={rhythm.every === 'WEEK' ? weekdays.map((each) => ({ value: String(each.on), label: each.name })) : daysOfMonth(format.plain, t('reports:delivery.lastDay'))}
            />
          )}
          <TextInput type="time" size="sm" label={t('reports:delivery.time')} value={rhythm.at} onChange={(event) => change({ at: event.currentTarget.value })} />
        </div>
        <p className="delivery-clock muted">
          {t('reports:delivery.zone', { zone: `\u2068${rhythm.timeZone}\u2069` })}
          {(rhythm.every === 'MONTH' || rhythm.every === 'QUARTER') && ` ${t(`reports:delivery.months.${rhythm.calendar}`)}`}
        </p>
        {delivering.isError && <Fault error={delivering.error} />}
        <div className="delivery-acts">
          {before && <Button variant="default" disabled={delivering.isPending} onClick={() => put(null)}>{t('reports:delivery.end')}</Button>}
          <Button type="submit" loading={delivering.isPending}>{t('app:save')}</Button>
        </div>
      </form>
    </Modal>
  );
}

const daysOfMonth = (plain: (day: number) => string, last: string) =>
  Array.from({ length: LAST_DAY }, (_, place) => ({ value: String(place + 1), label: place + 1 === LAST_DAY ? last : plain(place + 1) }));
