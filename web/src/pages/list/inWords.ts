import { gql } from '@/api/gql';
import type { ListSearch } from '@/app/listSearch';
import { settings, zoneOf } from '@/lib/settings';
import { whereOf } from '@/meta/filters';
import type { EntityType, Model } from '@/meta/model';

const IN_WORDS = 'query InWords($type: String!, $where: JSON!) { filterText(type: $type, where: $where) }';

/** The condition that all records meet. */
export const EVERY = 'true';

/** The whole filter of a list in the expression language. */
export async function inWords(type: EntityType, search: ListSearch, model: Model | undefined): Promise<string> {
  const where = whereOf(search.filter ?? [], type.fields, zoneOf(settings()), model && { type, model });
  const parts = search.text ? [search.text] : [];
  if (where) parts.push((await gql<{ filterText: string }>(IN_WORDS, { type: type.name, where })).filterText);
  if (!parts.length) return EVERY;
  return parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(' and ');
}
