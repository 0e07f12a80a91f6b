/** What the place of a refused row is called: its columns in the file, or the label of the field or relation it is of. Pure. */
import type { Language } from '@/lib/preferences';
import { headingOf, relationOf } from '@/meta/labelled';
import { inWords, type Model } from '@/meta/types';
import type { RowProblem } from './api';
import type { Mapping } from './mapping';

type Place = Pick<RowProblem, 'source' | 'field' | 'columns'>;

export function placeWords({ source, field, columns }: Place, mapping: Mapping | null, model: Model | undefined, language: Language): string {
  if (columns.length) return columns.join(', ');
  const [owner, name = ''] = field.includes('.') ? field.split('.') : [ownerOf(field, source, mapping), field];
  return headingOf({ owner, field: name }, model, language) || relationOf(field, model, language) || (/^\w+$/.test(name) ? inWords(name) : field) || source;
}

/** The type whose record the field is of, as the mapping has it. */
const ownerOf = (field: string, source: string, mapping: Mapping | null): string | undefined =>
  Object.values(mapping?.sources[source]?.records ?? {}).find((rule) => field in rule.fields)?.type;
