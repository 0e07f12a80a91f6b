/** What a new tile begins with, so that it shows something at once. */
import { typeNamed, type Model } from '@/meta/model';
import { freshSource, keysOf, type Key, type Source, type TileKind } from './board';
import { isDay, isGroupable, isNumber, keyFor } from './fields';

/** The source of a new tile of a kind: the type and figure of the last one, and groups that suit the kind. */
export function addable(kind: TileKind, model: Model, last: Source): Source {
  const type = typeNamed(model, last.type) ?? model.types[0];
  if (!type) return freshSource('');
  const [least] = keysOf(kind);
  const days = type.fields.filter(isDay);
  const words = type.fields.filter((field) => isGroupable(field) && !isDay(field) && !isNumber(field));
  const choices = [...words.filter((field) => field.kind === 'choice'), ...words.filter((field) => field.kind !== 'choice')];
  const timed = kind === 'line' || kind === 'area' || kind === 'cohort';
  const ranked = timed ? [...days, ...choices] : [...choices, ...days];
  const by: Key[] = ranked.slice(0, least).map((field) => keyFor(field));
  return {
    ...freshSource(type.name),
    measures: last.type === type.name ? last.measures.slice(0, 1) : [{ figure: 'count' }],
    text: last.text,
    segment: last.segment,
    date: last.date || (days[0]?.name ?? ''),
    by: kind === 'cohort' && days[0] && days.length < 2 ? [keyFor(days[0]), keyFor(days[0])] : by,
    fields: kind === 'table' ? type.fields.filter((field) => !type.display.includes(`{${field.name}}`)).slice(0, 4).map((field) => field.name) : [],
    link: kind === 'graph' ? (type.relations[0]?.name ?? '') : '',
    top: kind === 'graph' ? 25 : 10,
  };
}
