/** Where the server streams a list from. */
import type { Language } from '@/lib/settings';
import { plainKey } from '@/meta/compose';
import { titleField } from '@/meta/model';
import type { Asked } from './useAsked';

/** The address of the list's rows, every one of them, with the columns and the order that are seen. */
export function streamAddress({ type, fields, order }: Asked, where: string, format: 'csv' | 'ndjson', language: Language): string {
  const title = titleField(type);
  const names = [...(title ? [title.name] : []), ...fields.map((field) => (field.kind === 'relation' ? `${field.name}.displayName` : field.name))];
  const said = { format, fields: names.join(','), order: order.map(plainKey).join(','), where, ...(format === 'csv' ? { labels: language } : {}) };
  const parameters = new URLSearchParams(Object.entries(said).filter(([, value]) => value));
  return `/api/${type.many}?${parameters.toString()}`;
}
