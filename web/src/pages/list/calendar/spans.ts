/** Which days a calendar shows, in the reader's calendar and with the first day of the week as their region has it. */
import { endOfMonth, parseDateTime, startOfMonth, startOfWeek, toZoned, fromAbsolute, type CalendarDate } from '@internationalized/date';
import { weeksOf } from '@/lib/calendar';

export const SCALES = ['month', 'week', 'agenda'] as const;
export type Scale = (typeof SCALES)[number];

const run = (first: CalendarDate, count: number): CalendarDate[] => Array.from({ length: count }, (_, days) => first.add({ days }));

/** The days of the month's weeks, of one week, or of the month that an agenda begins. */
export function daysOf(day: CalendarDate, scale: Scale, region: string): CalendarDate[] {
  if (scale === 'month') return weeksOf(day, region);
  if (scale === 'week') return run(startOfWeek(day, region), 7);
  return run(day, 30);
}

/** The day to show after going back or on by one. */
export function stepped(day: CalendarDate, scale: Scale, by: number): CalendarDate {
  if (scale === 'week') return day.add({ weeks: by });
  if (scale === 'agenda') return day.add({ days: 30 * by });
  return startOfMonth(day).add({ months: by });
}

export const isInMonth = (day: CalendarDate, shown: CalendarDate): boolean =>
  day.compare(startOfMonth(shown)) >= 0 && day.compare(endOfMonth(shown)) <= 0;

/** The same hour on another day, where hours are kept. */
export function onDay(value: unknown, day: string, moments: boolean, zone: string): string {
  if (!moments || !value) return moments ? toZoned(parseDateTime(`${day}T09:00:00`), zone).toAbsoluteString() : day;
  const hour = fromAbsolute(Date.parse(String(value)), zone).toString().slice(11, 19);
  return toZoned(parseDateTime(`${day}T${hour}`), zone).toAbsoluteString();
}
