/** The value of a field as text, where it is more than the value itself: numbers, money, days. Pure. */
import type { Format, Money } from '@/lib/format';
import type { Field } from '@/meta/types';

type Kindly = Pick<Field, 'kind' | 'options'>;

/** A whole number that can only be a year is no amount. */
export const isYear = ({ kind, options }: Kindly): boolean =>
  kind === 'integer' && Number(options.min) >= 1000 && Number(options.max) <= 9999;

const WAYS: Record<string, (value: unknown, format: Format) => string> = {
  integer: (value, format) => format.number(String(value), 6),
  decimal: (value, format) => format.number(String(value), 6),
  percent: (value, format) => format.percent(Number(value) / 100, 1),
  money: (value, format) => format.money(value as Money),
  date: (value, format) => format.day(String(value)),
  dateTime: (value, format) => format.moment(String(value)),
};

/** What is longer has no room in a column that is as wide as most. */
const ROOM = 17;

/** A total as long as its column has room for: amounts of many digits in short. */
export function brief(field: Kindly, value: unknown, format: Format): string | null {
  const whole = said(field, value, format);
  if (!whole || whole.length <= ROOM) return whole;
  return field.kind === 'money' ? format.money(value as Money, true) : field.kind === 'integer' || field.kind === 'decimal' ? format.compact(Number(value)) : whole;
}

/** A value that is there, in the reader's digits, currency and calendar; null of kinds that are shown in other ways. */
export function said(field: Kindly, value: unknown, format: Format): string | null {
  if (isYear(field)) return format.plain(Number(value));
  return WAYS[field.kind]?.(value, format) ?? null;
}
