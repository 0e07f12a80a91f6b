/** Records in groups of one field: how they are asked for, and which condition a group stands for. */
import type { ListSearch } from '@/app/listSearch';
import type { Calendar } from '@/lib/settings';
import { figuresOf, type Figures } from '@/meta/compose';
import { within, type Where } from '@/meta/filters';
import type { EntityType, Field } from '@/meta/model';
import { isMoment } from './layouts';

const BY_VALUE = new Set(['choice', 'multiChoice', 'text', 'boolean', 'email', 'phone', 'url']);

export interface GroupKey {
  value: unknown;
  from: string | null;
  until: string | null;
}

export interface Group {
  keys: [GroupKey];
  count: number;
  aggregate?: Figures;
}

export const groupFields = (type: EntityType): Field[] => type.fields.filter((field) => BY_VALUE.has(field.kind) || isMoment(field));

export const groupField = (type: EntityType, search: ListSearch): Field | undefined =>
  groupFields(type).find((field) => field.name === search.group);

/** Days and moments make groups of months of the reader's calendar; everything else is grouped by its value. */
export function groupsQuery(type: EntityType, by: Field, fields: readonly Field[], calendar: Calendar): string {
  const part = isMoment(by) ? 'MONTH' : 'VALUE';
  return `query Groups($where: ${type.name}Filter, $text: FilterText, $first: Int!) {
  list: ${type.many}(where: $where, whereText: $text) {
    grouped(by: [{ ${by.name}: ${part} }], first: $first${calendar === 'persian' && isMoment(by) ? ', calendar: PERSIAN' : ''}) {
      totalCount rows { keys { value from until } count ${figuresOf(fields)} }
    }
  }
}`;
}

/** The day before an ISO day. */
const dayBefore = (iso: string): string => new Date(Date.parse(iso) - 86_400_000).toISOString().slice(0, 10);

export function groupWhere(by: Field, { value, from, until }: GroupKey, zone: string): Where {
  if (value === null) return { [by.name]: { isNull: true } };
  if (from && until && isMoment(by)) return { [by.name]: within({ from, to: dayBefore(until) }, by, zone) };
  return { [by.name]: by.isList ? { has: value } : { eq: value } };
}

/** Choices in the model's order; other groups as the server has them. */
export function inOrder(groups: readonly Group[], by: Field): Group[] {
  const choices = (by.options.choices ?? []).map(({ value }) => value);
  const place = ({ keys: [{ value }] }: Group): number => (value === null ? choices.length : choices.indexOf(String(value)));
  return choices.length ? [...groups].sort((a, b) => place(a) - place(b)) : [...groups];
}
