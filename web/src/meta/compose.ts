/** Operations on the typed root fields, written at run time from the model. */
import { kindOf } from './kinds';
import type { EntityType, Field } from './model';

export interface Sort {
  /** A field of the type, or a score by its path: `insights.churn.risk`. */
  field: string;
  direction: 'ASC' | 'DESC';
}

const selected = (fields: readonly Field[]): string => fields.map((field) => kindOf(field).select(field.name)).join(' ');

/** What every record of a list is read with. */
export const nodes = (fields: readonly Field[]): string => `nodes { id version displayName ${selected(fields)} }`;

/** Some rows of a list, wherever in it they lie: behind or before a cursor, so many passed over. */
export const windowQuery = (type: EntityType, fields: readonly Field[]): string =>
  `query Window($where: ${type.name}Filter, $text: FilterText, $order: [${type.name}Order!], $first: Int, $after: String, $last: Int, $before: String, $skip: Int) {
  page: ${type.many}(where: $where, whereText: $text, orderBy: $order, first: $first, after: $after, last: $last, before: $before, skip: $skip) {
    ${fields.length ? nodes(fields) : ''}
    pageInfo { hasNextPage startCursor endCursor }
  }
}`;

/** A page of a list. */
export function pageQuery(type: EntityType, fields: readonly Field[]): string {
  return `query Page($where: ${type.name}Filter, $text: FilterText, $order: [${type.name}Order!], $first: Int!, $after: String) {
  page: ${type.many}(where: $where, whereText: $text, orderBy: $order, first: $first, after: $after) {
    ${nodes(fields)}
    pageInfo { hasNextPage endCursor }
  }
}`;
}

/** The figures of the fields that have any, as a selection; empty where none has. */
export function figuresOf(fields: readonly Field[]): string {
  const figures = fields.flatMap((field) => {
    const figure = kindOf(field).total;
    return figure ? [`${field.name} { ${figure.name}${figure.select} }`] : [];
  });
  return figures.length ? `aggregate { ${figures.join(' ')} }` : '';
}

const whole = (type: EntityType, asked: string): string =>
  `query Totals($where: ${type.name}Filter, $text: FilterText) {
  totals: ${type.many}(where: $where, whereText: $text, first: 0) { ${asked} }
}`;

/** How many there are in the whole list. */
export const countQuery = (type: EntityType): string => whole(type, 'totalCount');

/** Figures over all of them. */
export const totalsQuery = (type: EntityType, figures: string): string => whole(type, figures);

/** What figures over records come as: by field, each by its name. */
export type Figures = Record<string, { sum?: unknown; average?: unknown }>;

export const figure = (figures: Figures | undefined, field: Field): unknown =>
  figures?.[field.name]?.sum ?? figures?.[field.name]?.average ?? null;

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

/** A sort key as the API takes it. */
export interface SortKey {
  [field: string]: string | SortKey;
}

/** A sort key as addresses of REST have it: `-insights.churn.risk`. */
export function plainKey(key: SortKey): string {
  const [[name, inner] = ['', '']] = Object.entries(key);
  if (typeof inner === 'string') return inner === 'DESC' ? `-${name}` : name;
  const further = plainKey(inner);
  return further.startsWith('-') ? `-${name}.${further.slice(1)}` : `${name}.${further}`;
}

/** The order of a list: what the reader chose, else the type's own. */
export function orderOf(type: EntityType, sort: Sort | undefined): SortKey[] {
  if (sort) return [sort.field.split('.').reduceRight<string | SortKey>((inner, name) => ({ [name]: inner }), sort.direction) as SortKey];
  return type.order.map(({ field, direction }) => ({ [field]: direction.toUpperCase() }));
}
