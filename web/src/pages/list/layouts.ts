/** By which fields a type's records can be laid out, and by which they are when the address does not say. */
import { VIEWS, type ListSearch, type View } from '@/app/listSearch';
import type { EntityType, Field } from '@/meta/model';

const ENDS = /(end|until|close|finish|due|to$|till)/i;
const COUNTRY = /country|nation/i;

export const isMoment = (field: Field): boolean => field.kind === 'date' || field.kind === 'dateTime';

const SUITS: Record<View, (field: Field) => boolean> = {
  table: () => false,
  graph: () => false,
  board: (field) => field.kind === 'choice' && !field.isList,
  calendar: isMoment,
  timeline: isMoment,
  map: (field) => field.kind === 'geoPoint' || (field.kind === 'text' && !field.unique),
};

export const fieldsFor = (type: EntityType, view: View): Field[] => type.fields.filter(SUITS[view]);

/** The views that the records of a type can be seen in. */
export const viewsOf = (type: EntityType): View[] =>
  VIEWS.filter((view) => view === 'table' || (view === 'graph' ? type.relations.length : fieldsFor(type, view).length) > 0);

/** The field that a view lays records out by: the one of the address, else the likeliest. */
export function layoutField(type: EntityType, view: View, search: ListSearch): Field | undefined {
  const fields = fieldsFor(type, view);
  return fields.find((field) => field.name === search.by) ?? likeliest(type, view, fields);
}

function likeliest(type: EntityType, view: View, fields: readonly Field[]): Field | undefined {
  if (view === 'map') return fields.find((field) => field.kind === 'geoPoint') ?? fields.find((field) => COUNTRY.test(field.name)) ?? fields[0];
  if (view === 'board') return fields.find((field) => !field.readOnly) ?? fields[0];
  return fields.find((field) => field.name === type.order[0]?.field) ?? fields[0];
}

/** Where bars end: the field of the address, else a later one that is named like an end; `none` asks for points. */
export function endField(type: EntityType, start: Field, search: ListSearch): Field | undefined {
  const others = fieldsFor(type, 'timeline').filter((field) => field !== start);
  if (search.until) return others.find((field) => field.name === search.until);
  return others.find((field) => ENDS.test(field.name));
}
