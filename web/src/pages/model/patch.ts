/** The draft as the API takes it, and where in the design the places lie that its answers name. */
import type { FieldDefinition } from './design';
import type { Draft, Owner, RelationEdit, TypeEdit } from './draft';

type Plain = Record<string, unknown>;
type Step = string | number;

const named = (name: string, made: boolean): Plain => (made ? { name } : { extends: name });

function fieldInput(field: FieldDefinition & { state?: unknown }): Plain {
  const { state: _, ...input } = field;
  return input;
}

/** Fields that are new or other, and the order of all of them; what is to be dropped has no place in it. */
function fieldsInput(name: string, { fields, fieldOrder }: TypeEdit | RelationEdit, { fields: gone }: Draft['drop']): Plain {
  const order = fieldOrder?.filter((field) => !gone.includes(`${name}.${field}`));
  return { ...(fields.length && { fields: fields.map(fieldInput) }), ...(order?.length && { fieldOrder: order }) };
}

/** The input of `planModel` and, with a version and a reason, of `applyModel`. */
export function patchOf({ types, relations, drop }: Draft): Plain {
  return {
    types: Object.entries(types).map(([name, edit]) => ({
      ...named(name, edit.made),
      ...edit.attributes,
      ...fieldsInput(name, edit, drop),
    })),
    relations: Object.entries(relations).map(([name, edit]) => ({
      ...named(name, edit.made),
      ...edit.attributes,
      ...(Object.keys(edit.source).length && { source: edit.source }),
      ...(Object.keys(edit.target).length && { target: edit.target }),
      ...fieldsInput(name, edit, drop),
    })),
    drop,
  };
}

/** The names of the types that are new in the draft. */
export const madeIn = ({ types }: Draft): string[] => Object.keys(types).filter((name) => types[name]?.made);

/** What a problem is about: a type or relation, perhaps one of its fields, and the attribute. */
export interface Place {
  owner?: Owner;
  field?: string;
  /** `plural`, `options.choices`, `source.field` and so on; empty where all of it is meant. */
  attribute: string;
}

/** Paths lead by places in the patch (`types`, 0, `fields`, 1, `kind`) or, of the model, by names. */
export function placeOf(path: readonly Step[], draft: Draft): Place {
  const [where, first, ...rest] = path;
  if (where !== 'types' && where !== 'relations') return { attribute: path.join('.') };
  const name = typeof first === 'number' ? Object.keys(draft[where])[first] : first;
  if (name === undefined) return { attribute: '' };
  const owner: Owner = { where, name };
  const [part, which, ...inside] = rest;
  if (part !== 'fields' || which === undefined) return { owner, attribute: rest.join('.') };
  const field = typeof which === 'number' ? draft[where][name]?.fields[which]?.name : which;
  return field === undefined ? { owner, attribute: 'fields' } : { owner, field, attribute: inside.join('.') };
}
