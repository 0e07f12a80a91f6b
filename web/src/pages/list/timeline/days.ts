/** Values of a field as days of the reader's calendar, and back again some days later. */
import { fromAbsolute, parseDate, type CalendarDate } from '@internationalized/date';
import { dayOf } from '@/lib/calendar';
import type { Calendar } from '@/lib/settings';
import type { Field } from '@/meta/model';

/** The reader's day of a value; null where there is none. */
export function dayIn(value: unknown, field: Field, zone: string, calendar: Calendar): CalendarDate | null {
  if (!value) return null;
  const text = String(value);
  return dayOf(field.kind === 'dateTime' ? fromAbsolute(Date.parse(text), zone).toString() : text, calendar);
}

/** The same value so many days later; of a moment the same hour by the reader's clock. */
export function later(value: unknown, field: Field, days: number, zone: string): unknown {
  if (!value) return value ?? null;
  if (field.kind === 'date') return parseDate(String(value)).add({ days }).toString();
  return fromAbsolute(Date.parse(String(value)), zone).add({ days }).toAbsoluteString();
}
