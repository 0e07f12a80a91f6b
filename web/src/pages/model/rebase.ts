/** A draft that was begun on an earlier version of the model, laid on the present one: what others changed meanwhile stays. Pure. */
import type { Design, FieldDefinition, RelationDefinition, TypeDefinition } from './design';
import { same } from './designed';
import type { Draft, RelationEdit, TypeEdit } from './draft';

/** What both changed, each to something else: the draft's stands. `field` is left out where it is the type or relation itself. */
export interface Clash {
  owner: string;
  field?: string;
  /** Whether the others took it out, so that nothing is left to change. */
  gone: boolean;
}

export interface Rebased {
  draft: Draft;
  clashes: Clash[];
}

type Plain = Record<string, unknown>;
type Known = Pick<Design, 'types' | 'relations'>;

/** The draft with what it edits as that stood when it was first touched. */
export function withBase(known: Known, draft: Draft): Draft {
  const based = <T extends TypeEdit | RelationEdit>(edits: Record<string, T>, all: readonly T['was'][]): Record<string, T> =>
    Object.fromEntries(
      Object.entries(edits).map(([name, edit]) => [name, edit.made || edit.was ? edit : { ...edit, was: all.find((each) => each?.name === name) }]),
    );
  return { ...draft, types: based(draft.types, known.types), relations: based(draft.relations, known.relations) };
}

export function rebased(design: Design, draft: Draft): Rebased {
  const clashes: Clash[] = [];
  const onto = <T extends TypeEdit | RelationEdit>(edits: Record<string, T>, all: readonly (TypeDefinition | RelationDefinition)[]): Record<string, T> =>
    Object.fromEntries(
      Object.entries(edits).map(([name, edit]) => {
        const theirs = all.find((each) => each.name === name);
        return [name, edit.was && theirs ? editOnto(edit, edit.was, theirs, clashes) : edit];
      }),
    );
  return { draft: { ...draft, types: onto(draft.types, design.types), relations: onto(draft.relations, design.relations) }, clashes };
}

function editOnto<T extends TypeEdit | RelationEdit>(edit: T, was: TypeDefinition | RelationDefinition, theirs: TypeDefinition | RelationDefinition, clashes: Clash[]): T {
  const met = new Met();
  const [before, now] = [was as unknown as Plain, theirs as unknown as Plain];
  const parts = Object.fromEntries(
    (['source', 'target'] as const).flatMap((end) => (end in edit ? [[end, met.parts((edit as RelationEdit)[end], before[end] as Plain, now[end] as Plain)]] : [])),
  );
  const attributes = met.parts(edit.attributes, before, now);
  if (met.clashed) clashes.push({ owner: theirs.name, gone: false });
  return { ...edit, ...parts, attributes, fields: edit.fields.flatMap((field) => fieldOnto(field, was, theirs, clashes)) };
}

function fieldOnto(mine: FieldDefinition, was: TypeDefinition | RelationDefinition, theirs: TypeDefinition | RelationDefinition, clashes: Clash[]): FieldDefinition[] {
  const [before, now] = [was, theirs].map(({ fields }) => fields.find((each) => each.name === mine.name));
  if (!before) return [mine];
  if (!now) {
    clashes.push({ owner: theirs.name, field: mine.name, gone: true });
    return [];
  }
  const met = new Met();
  const field = met.parts(mine, before as unknown as Plain, now as unknown as Plain);
  if (met.clashed) clashes.push({ owner: theirs.name, field: mine.name, gone: false });
  return [field];
}

/** Meets what two made of one thing, part by part. */
class Met {
  clashed = false;

  parts<T extends object>(mine: T, was: Plain, theirs: Plain): T {
    return Object.fromEntries(Object.entries(mine).map(([key, value]) => [key, this.value(value, was[key], theirs[key])])) as T;
  }

  private value(mine: unknown, was: unknown, theirs: unknown): unknown {
    if (same(mine, was)) return theirs;
    if (same(theirs, was) || same(mine, theirs)) return mine;
    if (isMap(mine) && isMap(theirs)) return this.parts({ ...theirs, ...mine }, isMap(was) ? was : {}, theirs);
    this.clashed = true;
    return mine;
  }
}

const isMap = (value: unknown): value is Plain => value !== null && typeof value === 'object' && !Array.isArray(value);
