/** The registry of kinds: a new kind is one file here and one line below. */
import type { Field } from '@/meta/model';
import { boolean } from './boolean';
import { choice, multiChoice } from './choice';
import { date, dateTime } from './date';
import { geoPoint } from './geoPoint';
import type { Kind } from './kind';
import { money } from './money';
import { decimal, integer, percent, year } from './number';
import { relation } from './relation';
import { isYear } from './said';
import { email, longText, phone, text, url } from './text';

const KINDS: Record<string, Kind> = {
  boolean, choice, date, dateTime, decimal, email, geoPoint, integer, longText, money, multiChoice, percent, phone, relation, text, url,
};

/** Whether the application can show and edit it; fields of kinds younger than it are left out. */
export const isKnown = (field: Field): boolean => field.kind in KINDS;

/** Amounts of several currencies have no sum. */
const { total: _ofOneCurrency, ...mixedMoney } = money;
const isMixed = (field: Field): boolean => field.kind === 'money' && !field.options.currency;

export function kindOf(field: Field): Kind {
  if (isYear(field)) return year;
  return isMixed(field) ? mixedMoney : (KINDS[field.kind] ?? text);
}

export type { CellProps, EditorProps, Kind } from './kind';
