/** What a quick record begins with: pure. */
import { parseDate } from '@internationalized/date';
import { namingField, type Field } from '@/meta/model';
import type { Loggable } from '@/meta/profiles';
import type { Values } from './draft';

/** A day or a moment, as the field keeps it. */
export function timeFor(field: Field, day: string, now: Date): string {
  if (field.kind !== 'dateTime') return day;
  return day === now.toISOString().slice(0, 10) ? now.toISOString() : `${day}T09:00:00Z`;
}

export const daysLater = (day: string, days: number): string => parseDate(day).add({ days }).toString();

/** What happened happened now, unless it is said otherwise; what is to be done is due tomorrow. */
export function beginning(what: Loggable, today: string, now: Date, said: { text?: string; day?: string } = {}): Values {
  const naming = namingField(what.type);
  const time = what.type.fields.find((field) => field.name === what.time && !field.readOnly);
  const day = said.day ?? (what.role === 'contact' ? today : daysLater(today, 1));
  return {
    ...(naming && said.text ? { [naming.name]: said.text } : {}),
    ...(time ? { [time.name]: timeFor(time, day, now) } : {}),
  };
}
