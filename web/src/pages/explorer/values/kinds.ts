/** How the fields of a drawing are filtered, by their kind. Pure. */
import { tally, type SceneRecord } from '@/graph/scene';
import { isAsked, type ValueFilter } from '@/graph/valueFilters';
import type { Format, Money } from '@/lib/format';
import type { Language } from '@/lib/preferences';
import { said } from '@/meta/kinds/said';
import { choiceLabel, type Field } from '@/meta/types';

export type Way = 'values' | 'amount' | 'day' | 'text';

const WAYS: Record<string, Way> = {
  choice: 'values', multiChoice: 'values', boolean: 'values',
  integer: 'amount', decimal: 'amount', percent: 'amount', money: 'amount',
  date: 'day', dateTime: 'day',
  text: 'text', longText: 'text', email: 'text', phone: 'text', url: 'text',
};

/** How a field is filtered; undefined for kinds that drawings are not filtered by. */
export const wayOf = ({ kind }: Field): Way | undefined => WAYS[kind];

/** The filter that a field begins with: of amounts in several currencies those in the commonest on the drawing. */
export function begunWith(type: string, field: Field, records: readonly SceneRecord[]): ValueFilter {
  const [currency] = field.kind === 'money' && !field.options.currency ? currenciesOf(type, field, records) : [];
  return { type, field: field.name, values: [], ...(currency && { currency }) };
}

export function currenciesOf(type: string, { name }: Field, records: readonly SceneRecord[]): string[] {
  const held = records.flatMap((record) => (record.type === type && record.values[name] ? [(record.values[name] as Money).currency] : []));
  return tally(held).map(([currency]) => currency);
}

export interface Words {
  format: Format;
  language: Language;
  t: (key: 'yes' | 'no' | 'between' | 'least' | 'most' | 'contains', facts?: Record<string, string>) => string;
}

/** What a filter lets through, in words; empty while it asks for nothing. */
export function toldOf(filter: ValueFilter, field: Field, { format, language, t }: Words): string {
  if (!isAsked(filter)) return '';
  const { values, from, to, text } = filter;
  const parts = values.length ? [format.list(values.map((value) => entryOf(field, value, language, t)))] : [];
  if (text) parts.push(t('contains', { text }));
  const bound = (value: string): string => {
    const currency = filter.currency ?? field.options.currency;
    if (field.kind === 'money') return currency ? format.money({ amount: value, currency }) : format.number(value);
    return said({ ...field, kind: field.kind === 'dateTime' ? 'date' : field.kind }, value, format) ?? value;
  };
  if (from && to) parts.push(t('between', { from: bound(from), to: bound(to) }));
  else if (from) parts.push(t('least', { from: bound(from) }));
  else if (to) parts.push(t('most', { to: bound(to) }));
  return parts.join(' · ');
}

export function entryOf(field: Field, entry: string, language: Language, t: Words['t']): string {
  if (field.kind === 'boolean') return t(entry === 'true' ? 'yes' : 'no');
  const choice = field.options.choices?.find((each) => each.value === entry);
  return choice ? choiceLabel(choice, language) : entry;
}
