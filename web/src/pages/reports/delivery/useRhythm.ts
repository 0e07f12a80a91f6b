import { useTranslation } from 'react-i18next';
import { todayIn, weeksOf } from '@/lib/calendar';
import { useFormat } from '@/lib/useSettings';
import { LAST_DAY, type Rhythm } from './delivery';

export interface Weekday {
  /** From 1 for Monday to 7. */
  on: number;
  name: string;
}

/** The days of a week, the first one as the reader's region has it. */
export function useWeekdays(): Weekday[] {
  const { tag } = useFormat();
  const name = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' });
  return weeksOf(todayIn('gregory'), tag).slice(0, 7).map((day) => {
    const date = day.toDate('UTC');
    return { on: date.getUTCDay() || 7, name: name.format(date) };
  });
}

/** A rhythm in words: every week on Monday at 08:00. */
export function useRhythm(): (rhythm: Rhythm) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const weekdays = useWeekdays();
  return ({ every, on, at }) => {
    const time = format.typed(at);
    const day = every === 'WEEK' ? (weekdays.find((each) => each.on === on)?.name ?? '') : format.plain(on ?? 1);
    const form = every !== 'WEEK' && on === LAST_DAY ? `${every}_LAST` : every;
    return t(`reports:delivery.says.${form}`, { day, time });
  };
}
