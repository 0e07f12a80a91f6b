/** Which records a tile, a bar or a cell stands for, as typed filters of the API. */
import { parseDate, toZoned } from '@internationalized/date';
import type { Field } from '@/meta/model';
import type { Key, Source } from './board';
import { isDay, isNumber } from './fields';
import type { Span } from './spans';

export type Where = Record<string, unknown>;

/** A group's key as the API tells it. */
export interface ToldKey {
  value: unknown;
  from: string | null;
  until: string | null;
}

export const all = (parts: readonly (Where | undefined)[]): Where | undefined => {
  const real = parts.filter((part): part is Where => part !== undefined);
  return real.length > 1 ? { and: real } : real[0];
};

const bound = (day: string, field: Field, zone: string): string =>
  field.kind === 'dateTime' ? toZoned(parseDate(day.slice(0, 10)), zone).toDate().toISOString() : day;

export const during = (field: Field, { from, until }: Span, zone: string): Where => ({
  [field.name]: { gte: bound(from, field, zone), lt: bound(until, field, zone) },
});

/** The records of one group: what they have in common. */
export function ofGroup(key: Key, field: Field, told: ToldKey, zone: string): Where {
  if (told.value === null) return key.via ? { [key.via]: { none: { node: { [field.name]: { isNull: false } } } } } : { [field.name]: { isNull: true } };
  const own = ofValue(field, told, zone);
  return key.via ? { [key.via]: { some: { node: own } } } : own;
}

function ofValue(field: Field, told: ToldKey, zone: string): Where {
  if (isDay(field) && told.from && told.until) return during(field, { from: told.from, until: told.until }, zone);
  if (isNumber(field) && told.from && told.until) return { [field.name]: { gte: number(field, told.from), lt: number(field, told.until) } };
  return { [field.name]: field.isList ? { hasAny: [told.value] } : { eq: told.value } };
}

const number = (field: Field, text: string): unknown => (field.kind === 'integer' ? Number(text) : text);

export const ofSegment = (source: Source): Where | undefined => (source.segment ? { inSegment: { name: source.segment } } : undefined);
