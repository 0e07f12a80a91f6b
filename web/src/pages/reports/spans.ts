/** Periods in the reader's calendar as days: from one on, up to another that is not in it any more; and the one before. */
import { startOfMonth, startOfYear, type CalendarDate, type DateDuration } from '@internationalized/date';
import { dayOf, isoOf } from '@/lib/calendar';
import type { Calendar } from '@/lib/settings';
import type { SpanName, Unit } from './board';

export interface Span {
  from: string;
  until: string;
}

const ROLLING: Partial<Record<SpanName, DateDuration>> = { DAYS_30: { days: 30 }, DAYS_90: { days: 90 }, MONTHS_12: { months: 12 } };
const LENGTH: Record<'MONTH' | 'QUARTER' | 'YEAR', DateDuration> = { MONTH: { months: 1 }, QUARTER: { months: 3 }, YEAR: { years: 1 } };
const STEP: Record<Unit, DateDuration> = { DAY: { days: 1 }, WEEK: { weeks: 1 }, ...LENGTH };

const startOf = (day: CalendarDate, unit: string): CalendarDate => {
  if (unit === 'YEAR') return startOfYear(day);
  const first = startOfMonth(day);
  return unit === 'QUARTER' ? first.subtract({ months: (first.month - 1) % 3 }) : first;
};

const span = (from: CalendarDate, until: CalendarDate): Span => ({ from: isoOf(from), until: isoOf(until) });

/** The days of a period and of the one before it; a period under way is set beside as much of the last one. */
export function spansOf(name: SpanName, today: string, calendar: Calendar): { now: Span; before: Span } | null {
  if (name === 'ALL') return null;
  const day = dayOf(today, calendar);
  const tomorrow = day.add({ days: 1 });
  const rolling = ROLLING[name];
  if (rolling) {
    const from = tomorrow.subtract(rolling);
    return { now: span(from, tomorrow), before: span(from.subtract(rolling), from) };
  }
  const [which, unit = 'MONTH'] = name.split('_') as ['THIS' | 'LAST', 'MONTH' | 'QUARTER' | 'YEAR'];
  const start = startOf(day, unit);
  const last = start.subtract(LENGTH[unit]);
  if (which === 'LAST') return { now: span(last, start), before: span(last.subtract(LENGTH[unit]), last) };
  const gone = tomorrow.toDate('UTC').getTime() - start.toDate('UTC').getTime();
  const asFar = last.add({ days: Math.round(gone / 86_400_000) });
  return { now: span(start, tomorrow), before: span(last, asFar.compare(start) > 0 ? start : asFar) };
}

/** The first day of the period that follows one. */
export const following = (from: string, unit: Unit, calendar: Calendar): string => isoOf(dayOf(from, calendar).add(STEP[unit]));
