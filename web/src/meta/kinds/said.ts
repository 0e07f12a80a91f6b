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

/** A value that is there, in the reader's digits, currency and calendar; null of kinds that are shown in other ways. */
export function said(field: Kindly, value: unknown, format: Format): string | null {
  if (isYear(field)) return format.plain(Number(value));
  return WAYS[field.kind]?.(value, format) ?? null;
}
