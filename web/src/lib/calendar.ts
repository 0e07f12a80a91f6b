/** Days of any calendar; the API's own form stays the ISO day of the Gregorian one. */
import {
  type CalendarDate,
  createCalendar,
  endOfMonth,
  getLocalTimeZone,
  getWeeksInMonth,
  GregorianCalendar,
  parseDate,
  startOfMonth,
  startOfWeek,
  toCalendar,
  today,
} from '@internationalized/date';
import type { Calendar } from './settings';

const ARABIC_INDIC = 0x660;
const PERSIAN = 0x6f0;

export const dayOf = (iso: string, calendar: Calendar): CalendarDate =>
  toCalendar(parseDate(iso.slice(0, 10)), createCalendar(calendar));

export const isoOf = (day: CalendarDate): string => toCalendar(day, new GregorianCalendar()).toString();

export const todayIn = (calendar: Calendar, timeZone = getLocalTimeZone()): CalendarDate =>
  toCalendar(today(timeZone), createCalendar(calendar));

/** All days of the weeks that a month touches, the first day of the week as the region has it. */
export function weeksOf(month: CalendarDate, region: string): CalendarDate[] {
  const first = startOfMonth(month);
  const begin = startOfWeek(first, region);
  const count = getWeeksInMonth(first, region) * 7;
  return Array.from({ length: count }, (_, place) => begin.add({ days: place }));
}

/** Western digits for whatever digits were typed. */
export function western(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= PERSIAN ? PERSIAN : ARABIC_INDIC));
  });
}

/** The ISO day that was typed, year first or day first, in the digits and calendar of the reader; null where it is none. */
export function typedDay(text: string, calendar: Calendar): string | null {
  const parts = western(text)
    .trim()
    .split(/[^0-9]+/)
    .filter(Boolean);
  if (parts.length !== 3) return null;
  const [a = '', b = '', c = ''] = parts;
  const [year, month, day] = (a.length === 4 ? [a, b, c] : [c, b, a]).map(Number);
  if (!year || !month || !day || String(year).length !== 4 || month > 12) return null;
  const first = toFirst(year, month, calendar);
  return day > endOfMonth(first).day ? null : isoOf(first.set({ day }));
}

/** Whether a text is an ISO day that there is. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && typedDay(text, 'gregory') === text;

function toFirst(year: number, month: number, calendar: Calendar): CalendarDate {
  const some = toCalendar(parseDate('2020-06-15'), createCalendar(calendar));
  return some.set({ year, month, day: 1 });
}

/** As it is typed: `2026/11/24`, or `1405/09/03`. */
export const writtenDay = (iso: string, calendar: Calendar): string => {
  const { year, month, day } = dayOf(iso, calendar);
  return `${String(year).padStart(4, '0')}/${String(month).padStart(2, '0')}/${String(day).padStart(2, '0')}`;
};
