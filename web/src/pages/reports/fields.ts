/** What can be counted and grouped by, as the model stands. */
import { isYear } from '@/meta/kinds/said';
import { typeNamed, type EntityType, type Field, type Model } from '@/meta/model';
import { keysOf, type Figure, type Key, type Measure, type Source, type Tile } from './board';

const NUMBERS = new Set(['integer', 'decimal', 'percent', 'money']);
const DAYS = new Set(['date', 'dateTime']);
const WORDS = new Set(['text', 'choice', 'multiChoice', 'boolean', 'email']);

/** Money of several currencies is counted, never added up. */
export const isNumber = (field: Field): boolean =>
  NUMBERS.has(field.kind) && !field.isList && (field.kind !== 'money' || Boolean(field.options.currency));
export const isDay = (field: Field): boolean => DAYS.has(field.kind) && !field.isList;
export const isGroupable = (field: Field): boolean => isDay(field) || isNumber(field) || WORDS.has(field.kind);

export function figuresOf(field: Field): Figure[] {
  if (!isNumber(field)) return field.kind === 'text' || field.kind === 'choice' || field.kind === 'email' ? ['countDistinct'] : [];
  const all: Figure[] = ['sum', 'average', 'median', 'percentile', 'min', 'max', 'countDistinct'];
  return field.kind === 'percent' || isYear(field) ? all.filter((each) => each !== 'sum') : all;
}

/** The type a relation leads to, where it is one. */
export function farType(model: Model, type: EntityType, via: string): EntityType | undefined {
  const side = type.relations.find((each) => each.name === via);
  return side?.types.length === 1 ? typeNamed(model, side.types[0] ?? '') : undefined;
}

export function fieldAt(model: Model, type: EntityType, at: { field?: string; via?: string }): Field | undefined {
  const home = at.via ? farType(model, type, at.via) : type;
  return home?.fields.find((field) => field.name === at.field);
}

/** A key with what its kind of field needs: a unit of days, a width of numbers. */
export function keyFor(field: Field, via?: string): Key {
  const key: Key = via ? { field: field.name, via } : { field: field.name };
  if (isDay(field)) key.unit = 'MONTH';
  else if (isYear(field)) key.width = '1';
  else if (isNumber(field)) key.width = field.kind === 'percent' ? '10' : '1000';
  return key;
}

const WIDTH = /^\d{1,15}(\.\d{1,6})?$/;

function keyFits(model: Model, type: EntityType, key: Key): boolean {
  const field = fieldAt(model, type, key);
  if (!field || !isGroupable(field)) return false;
  if (isDay(field)) return Boolean(key.unit);
  return !isNumber(field) || (WIDTH.test(key.width ?? '') && Number(key.width) > 0);
}

function measureFits(model: Model, type: EntityType, measure: Measure): boolean {
  if (measure.figure === 'count') return !measure.via && !measure.field;
  const field = fieldAt(model, type, measure);
  return Boolean(field && figuresOf(field).includes(measure.figure));
}

/** Whether a source can be asked on the model as it stands. */
export function fits(tile: Tile, model: Model): boolean {
  const { source, kind } = tile;
  const type = typeNamed(model, source.type);
  if (!type) return false;
  const [least, most] = keysOf(kind);
  if (kind === 'table') return source.fields.every((name) => type.fields.some((field) => field.name === name));
  if (kind === 'graph') return type.relations.some((side) => side.name === source.link);
  if (source.by.length < least || source.measures.length < 1) return false;
  return source.by.slice(0, most).every((key) => keyFits(model, type, key)) && source.measures.every((each) => measureFits(model, type, each));
}

/** The field by which the type's records belong to a period: the one that was chosen, while it is there. */
export const dateField = (type: EntityType, source: Source): Field | undefined =>
  type.fields.find((field) => field.name === source.date && isDay(field));
