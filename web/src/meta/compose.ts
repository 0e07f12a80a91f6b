/** Operations on the typed root fields, written at run time from the model. */
import { kindOf } from './kinds';
import type { EntityType, Field } from './model';

export interface Sort {
  field: string;
  direction: 'ASC' | 'DESC';
}

const selected = (fields: readonly Field[]): string => fields.map((field) => kindOf(field).select(field.name)).join(' ');

/** A page of a list; `$counted` asks for the number of all, which is needed once only. */
export function pageQuery(type: EntityType, fields: readonly Field[]): string {
  return `query Page($where: ${type.name}Filter, $text: FilterText, $order: [${type.name}Order!], $first: Int!, $after: String, $counted: Boolean!) {
  page: ${type.many}(where: $where, whereText: $text, orderBy: $order, first: $first, after: $after) {
    nodes { id version displayName ${selected(fields)} }
    pageInfo { hasNextPage endCursor }
    totalCount @include(if: $counted)
  }
}`;
}

/** Figures over the whole list; null when none of the fields has any. */
export function totalsQuery(type: EntityType, fields: readonly Field[]): string | null {
  const figures = fields.flatMap((field) => {
    const figure = kindOf(field).total;
    return figure ? [`${field.name} { ${figure.name}${figure.select} }`] : [];
  });
  if (!figures.length) return null;
  return `query Totals($where: ${type.name}Filter, $text: FilterText) {
  totals: ${type.many}(where: $where, whereText: $text, first: 0) { aggregate { ${figures.join(' ')} } }
}`;
}

export const recordQuery = (type: EntityType, fields: readonly Field[]): string =>
  `query Record($id: ID!) { record: ${type.one}(id: $id) { id version displayName ${selected(fields)} } }`;

const PAYLOAD = 'changeSet errors { code message path details }';

export const updateMutation = (type: EntityType, fields: readonly Field[]): string =>
  `mutation Update($input: Update${type.name}Input!) {
  done: update${type.name}(input: $input) { record: ${type.one} { id version displayName ${selected(fields)} } ${PAYLOAD} }
}`;

export const createMutation = (type: EntityType): string =>
  `mutation Create($input: Create${type.name}Input!) {
  done: create${type.name}(input: $input) { record: ${type.one} { id version displayName } ${PAYLOAD} }
}`;

/** A change of which only the success matters: of links, or of a field that is shown elsewhere. */
export const changeMutation = (type: EntityType): string =>
  `mutation Change($input: Update${type.name}Input!) { done: update${type.name}(input: $input) { ${PAYLOAD} } }`;

export const deleteMutation = (type: EntityType): string =>
  `mutation Delete($input: Delete${type.name}Input!) { done: delete${type.name}(input: $input) { deletedId ${PAYLOAD} } }`;

/** The order of a list: what the reader chose, else the type's own. */
export function orderOf(type: EntityType, sort: Sort | undefined): Record<string, string>[] {
  if (sort) return [{ [sort.field]: sort.direction }];
  return type.order.map(({ field, direction }) => ({ [field]: direction.toUpperCase() }));
}
