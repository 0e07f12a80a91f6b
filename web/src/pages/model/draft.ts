/** What is to become of the model, gathered before anything is changed: pure, so that it can be kept, undone and tested. */
import type {
  EndDefinition, FieldDefinition, RelationAttributes, RelationDefinition, TypeAttributes, TypeDefinition,
} from './design';

export interface TypeEdit {
  /** Whether the type is a new one. */
  made: boolean;
  attributes: Partial<TypeAttributes>;
  fields: FieldDefinition[];
  /** The names of its fields as they are to stand; as they stood, when left out. */
  fieldOrder?: string[];
  /** As it stood when it was first touched, by which changes of others are told from these. */
  was?: TypeDefinition | undefined;
}

export interface RelationEdit {
  made: boolean;
  attributes: Partial<RelationAttributes>;
  source: Partial<EndDefinition>;
  target: Partial<EndDefinition>;
  fields: FieldDefinition[];
  fieldOrder?: string[];
  was?: RelationDefinition | undefined;
}

export interface Draft {
  /** The version of the model that it was begun on. */
  version: number;
  types: Record<string, TypeEdit>;
  relations: Record<string, RelationEdit>;
  /** Fields as `Company.revenue`. */
  drop: { types: string[]; relations: string[]; fields: string[] };
}

/** A type or a relation of the model. */
export interface Owner {
  where: 'types' | 'relations';
  name: string;
}

export type State = 'kept' | 'made' | 'changed' | 'dropped';
export type ShownField = FieldDefinition & { state: State };
export type ShownType = Omit<TypeDefinition, 'fields'> & { state: State; fields: ShownField[] };
export type ShownRelation = Omit<RelationDefinition, 'fields'> & { state: State; fields: ShownField[] };

/** The model as it would be, with what is different and what would be gone. */
export interface Designed {
  version: number;
  types: ShownType[];
  relations: ShownRelation[];
}

export const emptyDraft = (version: number): Draft => ({
  version,
  types: {},
  relations: {},
  drop: { types: [], relations: [], fields: [] },
});

const TYPE: TypeEdit = { made: false, attributes: {}, fields: [] };
const RELATION: RelationEdit = { made: false, attributes: {}, source: {}, target: {}, fields: [] };

const without = <T>(record: Record<string, T>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));

const placed = (fields: readonly FieldDefinition[], field: FieldDefinition): FieldDefinition[] =>
  fields.some((each) => each.name === field.name)
    ? fields.map((each) => (each.name === field.name ? field : each))
    : [...fields, field];

export function addType(draft: Draft, { name, pack: _, fields, ...attributes }: TypeDefinition): Draft {
  return { ...draft, types: { ...draft.types, [name]: { made: true, attributes, fields } } };
}

export function addRelation(draft: Draft, { name, pack: _, fields, source, target, ...attributes }: RelationDefinition): Draft {
  return { ...draft, relations: { ...draft.relations, [name]: { made: true, attributes, source, target, fields } } };
}

export function changeType(draft: Draft, name: string, attributes: Partial<TypeAttributes>): Draft {
  const edit = draft.types[name] ?? TYPE;
  return { ...draft, types: { ...draft.types, [name]: { ...edit, attributes: { ...edit.attributes, ...attributes } } } };
}

export function changeRelation(draft: Draft, name: string, attributes: Partial<RelationAttributes>): Draft {
  const edit = draft.relations[name] ?? RELATION;
  const changed = { ...edit, attributes: { ...edit.attributes, ...attributes } };
  return { ...draft, relations: { ...draft.relations, [name]: changed } };
}

export function changeEnd(draft: Draft, name: string, which: 'source' | 'target', end: Partial<EndDefinition>): Draft {
  const edit = draft.relations[name] ?? RELATION;
  return { ...draft, relations: { ...draft.relations, [name]: { ...edit, [which]: { ...edit[which], ...end } } } };
}

function withFields(draft: Draft, owner: Owner, change: (fields: FieldDefinition[]) => FieldDefinition[]): Draft {
  if (owner.where === 'types') {
    const edit = draft.types[owner.name] ?? TYPE;
    return { ...draft, types: { ...draft.types, [owner.name]: { ...edit, fields: change(edit.fields) } } };
  }
  const edit = draft.relations[owner.name] ?? RELATION;
  return { ...draft, relations: { ...draft.relations, [owner.name]: { ...edit, fields: change(edit.fields) } } };
}

/** Put the fields of a type or relation into an order, by their names. */
export function orderFields(draft: Draft, { where, name }: Owner, fieldOrder: readonly string[]): Draft {
  const edit = draft[where][name] ?? (where === 'types' ? TYPE : RELATION);
  return { ...draft, [where]: { ...draft[where], [name]: { ...edit, fieldOrder: [...fieldOrder] } } } as Draft;
}

const dropping = (draft: Draft, drop: Partial<Draft['drop']>): Draft => ({ ...draft, drop: { ...draft.drop, ...drop } });
const less = (names: readonly string[], name: string): string[] => names.filter((each) => each !== name);

/** Add a field, or put it in the place of the one with its name, which also brings back one that was to be dropped. */
export function setField(draft: Draft, owner: Owner, field: FieldDefinition): Draft {
  const kept = dropping(draft, { fields: less(draft.drop.fields, `${owner.name}.${field.name}`) });
  return withFields(kept, owner, (fields) => placed(fields, field));
}

/** Another name for a field that is new in this draft. */
export function renameField(draft: Draft, owner: Owner, from: string, field: FieldDefinition): Draft {
  const renamed = withFields(draft, owner, (fields) => fields.map((each) => (each.name === from ? field : each)));
  const order = draft[owner.where][owner.name]?.fieldOrder;
  return order ? orderFields(renamed, owner, order.map((each) => (each === from ? field.name : each))) : renamed;
}

/** A new field goes without a trace; one of the model is marked, so that it can be brought back. */
export function dropField(draft: Draft, owner: Owner, name: string, known: boolean): Draft {
  const less = withFields(draft, owner, (fields) => fields.filter((each) => each.name !== name));
  const order = less[owner.where][owner.name]?.fieldOrder;
  const cleared = order && !known ? orderFields(less, owner, order.filter((each) => each !== name)) : less;
  const path = `${owner.name}.${name}`;
  return known && !draft.drop.fields.includes(path) ? dropping(cleared, { fields: [...draft.drop.fields, path] }) : cleared;
}

export const keepField = (draft: Draft, owner: Owner, name: string): Draft =>
  dropping(draft, { fields: less(draft.drop.fields, `${owner.name}.${name}`) });

/** Take a type or a relation out; what was to be changed of it is forgotten. */
export function dropOwner(draft: Draft, { where, name }: Owner): Draft {
  const made = draft[where][name]?.made ?? false;
  const cleared = { ...draft, [where]: without<TypeEdit | RelationEdit>(draft[where], name) } as Draft;
  const fields = draft.drop.fields.filter((each) => !each.startsWith(`${name}.`));
  return dropping(cleared, { fields, [where]: made ? draft.drop[where] : [...less(draft.drop[where], name), name] });
}

export const keepOwner = (draft: Draft, { where, name }: Owner): Draft =>
  dropping(draft, { [where]: less(draft.drop[where], name) });

export const BARE_END: EndDefinition = { types: [], field: '', labels: {}, most: null, onDelete: 'UNLINK' };
export const BARE_FIELD: Omit<FieldDefinition, 'name' | 'kind'> = {
  labels: {}, help: {}, required: false, unique: false, readOnly: false, searchable: false, personal: false, sensitive: false,
  default: null, options: {}, deprecated: null, when: null,
};
export const BARE_TYPE: Omit<TypeDefinition, 'name' | 'fields'> = {
  plural: '', labels: {}, description: {}, icon: 'folder', color: '#4540c4', display: '', naturalKeys: [], order: [], deprecated: null, pack: '',
};
export const BARE_RELATION: Omit<RelationDefinition, 'name' | 'fields' | 'source' | 'target'> = {
  labels: {}, description: {}, symmetric: false, repeatable: false, validity: 'NONE', pack: '',
};

/** How many types, relations and fields the draft touches. */
export function countOf({ types, relations, drop }: Draft): number {
  const touched = [...Object.values(types), ...Object.values(relations)];
  return touched.length + drop.types.length + drop.relations.length + drop.fields.length;
}
