/** Where the server streams a list from, and how values stand in a spreadsheet. */
import type { Language } from '@/lib/settings';
import { choiceLabel, titleField, type Field } from '@/meta/model';
import type { Asked } from './useAsked';

/** The address of the list's rows, every one of them, with the columns and the order that are seen. */
export function streamAddress({ type, fields, order }: Asked, where: string, format: 'csv' | 'ndjson', language: Language): string {
  const title = titleField(type);
  const names = [...(title ? [title.name] : []), ...fields.map((field) => (field.kind === 'relation' ? `${field.name}.displayName` : field.name))];
  const keys = order.flatMap((each) => Object.entries(each)).map(([name, direction]) => (direction === 'DESC' ? `-${name}` : name));
  const said = { format, fields: names.join(','), order: keys.join(','), where, ...(format === 'csv' ? { labels: language } : {}) };
  const parameters = new URLSearchParams(Object.entries(said).filter(([, value]) => value));
  return `/api/${type.many}?${parameters.toString()}`;
}

export type Cell = string | number | boolean | Date | null;

/** A value as a spreadsheet counts with it: numbers as numbers, days as days, choices in words. */
export function cellOf(value: unknown, field: Field, language: Language): Cell {
  if (value === null || value === undefined) return null;
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'percent':
      return Number(value);
    case 'money':
      return Number((value as { amount: string }).amount);
    case 'boolean':
      return Boolean(value);
    case 'date':
    case 'dateTime':
      return new Date(String(value));
    case 'geoPoint': {
      const { latitude, longitude } = value as { latitude: number; longitude: number };
      return `${latitude}, ${longitude}`;
    }
    case 'relation':
      return (value as { nodes: { displayName: string }[] }).nodes.map((node) => node.displayName).join('; ');
    default:
      return (Array.isArray(value) ? value : [value]).map((each) => inWords(each, field, language)).join('; ');
  }
}

function inWords(value: unknown, field: Field, language: Language): string {
  const choice = field.options.choices?.find((each) => each.value === value);
  return choice ? choiceLabel(choice, language) : String(value);
}
