import { ActionIcon } from '@mantine/core';
import type { CalendarDate } from '@internationalized/date';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, isoOf, todayIn, weeksOf } from '@/lib/calendar';
import { calendarOf, isRightToLeft, zoneOf } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';

interface Props {
  chosen: string | null;
  onChoose: (iso: string) => void;
}

/** One month of the reader's calendar, Saturday first where weeks begin so. */
export function MonthGrid({ chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const settings = useSettings();
  const calendar = calendarOf(settings);
  const now = todayIn(calendar, zoneOf(settings));
  const [month, setMonth] = useState<CalendarDate>(() => (chosen ? dayOf(chosen, calendar) : now).set({ day: 1 }));
  const days = weeksOf(month, format.tag);
  const [Back, On] = isRightToLeft(settings.language)
    ? [IconChevronRight, IconChevronLeft]
    : [IconChevronLeft, IconChevronRight];
  const name = new Intl.DateTimeFormat(format.tag, { month: 'long', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(format.tag, { weekday: 'narrow', timeZone: 'UTC' });
  return (
    <div className="month">
      <div className="month-head">
        <ActionIcon variant="subtle" color="gray" aria-label={t('app:date.monthBefore')} onClick={() => setMonth(month.subtract({ months: 1 }))}>
          <Back size={16} />
        </ActionIcon>
        <span className="grow" style={{ textAlign: 'center' }} aria-live="polite">
          {name.format(month.toDate('UTC'))} {format.plain(month.year)}
        </span>
        <ActionIcon variant="subtle" color="gray" aria-label={t('app:date.monthAfter')} onClick={() => setMonth(month.add({ months: 1 }))}>
          <On size={16} />
        </ActionIcon>
      </div>
      <div className="month-days">
        {days.slice(0, 7).map((day) => (
          <span key={day.toString()} aria-hidden="true">
            {weekday.format(day.toDate('UTC'))}
          </span>
        ))}
        {days.map((day) => (
          <button
            key={day.toString()}
            type="button"
            className="num"
            aria-label={format.day(isoOf(day), 'long')}
            aria-pressed={chosen === isoOf(day)}
            data-outside={day.month !== month.month || undefined}
            data-today={day.compare(now) === 0 || undefined}
            onClick={() => onChoose(isoOf(day))}
          >
            {format.plain(day.day)}
          </button>
        ))}
      </div>
    </div>
  );
}
