/** Filters of a drawing by what records hold in their fields. Pure. */
import { plainLetters } from '@/lib/finding';
import type { SceneRecord } from './scene';

/** Only records of a type whose field holds one of these values, lies between two bounds, or contains a text; of other types all. */
export interface ValueFilter {
  type: string;
  field: string;
  values: readonly string[];
  /** Bounds, both inside: ISO days, or digits with a point. */
  from?: string;
  to?: string;
  /** Which of several currencies the bounds are in. */
  currency?: string;
  text?: string;
}

/** What a bound may be: a day of the API, or a number. */
export const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const AMOUNT = /^-?\d+(\.\d+)?$/;

/** The day of a moment where the reader is. */
export type DayIn = (moment: string) => string;

/** Whether it lets anything go. */
export const isAsked = ({ values, from, to, text }: ValueFilter): boolean => values.length > 0 || Boolean(from ?? to ?? text);

/** A value as filters compare it: each entry of a list on its own. */
export function plainValues(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(plainValues);
  return typeof value === 'object' ? [] : [String(value)];
}

/** Whether a record passes; one whose value is not at hand yet does. */
export function passes(record: SceneRecord, filter: ValueFilter, dayIn: DayIn): boolean {
  const value = record.values[filter.field];
  if (record.type !== filter.type || value === undefined) return true;
  const { values, from, to, text } = filter;
  if (values.length && !plainValues(value).some((each) => values.includes(each))) return false;
  if (text && !plainValues(value).some((each) => plainLetters(each).includes(plainLetters(text)))) return false;
  return from === undefined && to === undefined ? true : isBetween(value, filter, dayIn);
}

function isBetween(value: unknown, { from, to, currency }: ValueFilter, dayIn: DayIn): boolean {
  if (value === null || value === '') return false;
  if (DAY.test(from ?? to ?? '')) {
    const day = dayOf(String(value), dayIn);
    return (!from || day >= from) && (!to || day <= to);
  }
  const money = typeof value === 'object' ? (value as { amount?: unknown; currency?: unknown }) : null;
  if (money && currency && money.currency !== currency) return false;
  const amount = Number(money ? money.amount : value);
  return Number.isFinite(amount) && (from === undefined || amount >= Number(from)) && (to === undefined || amount <= Number(to));
}

const dayOf = (value: string, dayIn: DayIn): string => (value.includes('T') ? dayIn(value) : value);
