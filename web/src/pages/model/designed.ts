/** The draft laid on the model: what would be there, what is new, changed or gone, and what of the draft is left to do. */
import type { Design, FieldDefinition } from './design';
import {
  BARE_END, BARE_RELATION, BARE_TYPE, type Designed, type Draft, type ShownField, type ShownRelation, type ShownType, type State,
} from './draft';

type Edited = { fields: readonly FieldDefinition[]; fieldOrder?: readonly string[] } | undefined;

function shownFields(known: readonly FieldDefinition[], edit: Edited, gone: (name: string) => boolean): ShownField[] {
  return inOrder(laidOn(known, edit?.fields ?? [], gone), edit?.fieldOrder ?? []);
}

/** In the order of the names; fields that it does not name come after, as they stood. */
export function inOrder<T extends { name: string }>(fields: readonly T[], names: readonly string[]): T[] {
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = ({ name }: T): number => places.get(name) ?? names.length;
  return [...fields].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Whether what stays of the fields stands in another order than in the model. */
function reordered(known: readonly FieldDefinition[], fields: readonly ShownField[]): boolean {
  const now = fields.filter((field) => field.state !== 'made').map(({ name }) => name);
  return now.some((name, place) => name !== known[place]?.name);
}

function laidOn(known: readonly FieldDefinition[], edited: readonly FieldDefinition[], gone: (name: string) => boolean): ShownField[] {
  const kept = known.map((field): ShownField => {
    const edit = edited.find((each) => each.name === field.name);
    if (gone(field.name)) return { ...field, state: 'dropped' };
    return edit ? { ...edit, state: same(edit, field) ? 'kept' : 'changed' } : { ...field, state: 'kept' };
  });
  const names = new Set(known.map((field) => field.name));
  return [...kept, ...edited.filter((each) => !names.has(each.name)).map((each): ShownField => ({ ...each, state: 'made' }))];
}

/** Whether two definitions say the same, in whatever order their parts stand. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}

const stateOf = (dropped: boolean, known: object, now: object, fields: readonly ShownField[], moved: boolean): State => {
  if (dropped) return 'dropped';
  return same(known, now) && !moved && fields.every((field) => field.state === 'kept') ? 'kept' : 'changed';
};

export function designed(design: Design, draft: Draft): Designed {
  const gone = (owner: string) => (name: string) => draft.drop.fields.includes(`${owner}.${name}`);
  const types = design.types.map(({ fields: known, ...type }): ShownType => {
    const edit = draft.types[type.name];
    const fields = shownFields(known, edit, gone(type.name));
    const now = { ...type, ...edit?.attributes };
    return { ...now, fields, state: stateOf(draft.drop.types.includes(type.name), type, now, fields, reordered(known, fields)) };
  });
  const relations = design.relations.map(({ fields: known, ...relation }): ShownRelation => {
    const edit = draft.relations[relation.name];
    const fields = shownFields(known, edit, gone(relation.name));
    const now = {
      ...relation,
      ...edit?.attributes,
      source: { ...relation.source, ...edit?.source },
      target: { ...relation.target, ...edit?.target },
    };
    return { ...now, fields, state: stateOf(draft.drop.relations.includes(relation.name), relation, now, fields, reordered(known, fields)) };
  });
  return { version: design.version, types: [...types, ...newTypes(design, draft)], relations: [...relations, ...newRelations(design, draft)] };
}

const isNew = (known: readonly { name: string }[]) => ([name]: [string, unknown]): boolean => !known.some((each) => each.name === name);

function newTypes(design: Design, draft: Draft): ShownType[] {
  return Object.entries(draft.types)
    .filter(isNew(design.types))
    .map(([name, edit]) => ({ ...BARE_TYPE, ...edit.attributes, name, state: 'made', fields: shownFields([], edit, () => false) }));
}

function newRelations(design: Design, draft: Draft): ShownRelation[] {
  return Object.entries(draft.relations)
    .filter(isNew(design.relations))
    .map(([name, edit]) => ({
      ...BARE_RELATION,
      ...edit.attributes,
      name,
      source: { ...BARE_END, ...edit.source },
      target: { ...BARE_END, ...edit.target },
      state: 'made',
      fields: shownFields([], edit, () => false),
    }));
}

/** The draft without what says the same as the model: another may have made a change meanwhile. */
export function lean(design: Design, draft: Draft): Draft {
  const { types, relations } = designed(design, draft);
  const kept = (state: State | undefined): boolean => state === 'kept' || state === undefined;
  const stays = (known: readonly { name: string; state: State }[]) => ([name]: [string, unknown]): boolean =>
    !kept(known.find((each) => each.name === name)?.state);
  return {
    ...draft,
    types: Object.fromEntries(Object.entries(draft.types).filter(stays(types)).map(withOrderOf(types))),
    relations: Object.fromEntries(Object.entries(draft.relations).filter(stays(relations)).map(withOrderOf(relations))),
    drop: stillThere(design, draft.drop),
  };
}

/** An order names only fields that are there: another may have dropped some meanwhile. */
function withOrderOf(owners: readonly { name: string; fields: readonly ShownField[] }[]) {
  return <T extends { fieldOrder?: string[] }>([name, edit]: [string, T]): [string, T] => {
    const there = new Set(owners.find((each) => each.name === name)?.fields.map((field) => field.name));
    return [name, edit.fieldOrder ? { ...edit, fieldOrder: edit.fieldOrder.filter((field) => there.has(field)) } : edit];
  };
}

/** What is to be dropped and is there yet. */
function stillThere({ types, relations }: Design, drop: Draft['drop']): Draft['drop'] {
  const names = (all: readonly { name: string }[]): string[] => all.map(({ name }) => name);
  const fields = [...types, ...relations].flatMap((owner) => names(owner.fields).map((field) => `${owner.name}.${field}`));
  const kept = (wanted: readonly string[], known: readonly string[]): string[] => wanted.filter((name) => known.includes(name));
  return { types: kept(drop.types, names(types)), relations: kept(drop.relations, names(relations)), fields: kept(drop.fields, fields) };
}
