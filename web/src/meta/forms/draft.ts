/** What a form holds while it is filled in, and what of it is sent: pure. */
import type { Problem } from '@/api/failures';
import { kindOf } from '@/meta/kinds';
import type { Field, Side } from '@/meta/model';

export type Values = Record<string, unknown>;

export interface Picked {
  id: string;
  title: string;
}

export interface Draft {
  values: Values;
  links: Record<string, Picked[]>;
}

export interface Collected {
  data: Values;
  /** Fields whose text is no value of their kind. */
  wrong: string[];
}

export function startOf(fields: readonly Field[]): Draft {
  const values = Object.fromEntries(fields.flatMap((field) => (field.default == null ? [] : [[field.name, field.default]])));
  return { values, links: {} };
}

/** The data of a new record: everything that was filled in. */
export function created(fields: readonly Field[], draft: Draft, sides: readonly Side[]): Collected {
  const { data, wrong } = collected(fields, draft.values);
  for (const [name, value] of Object.entries(data)) if (value === null) delete data[name];
  for (const side of sides) {
    const picked = draft.links[side.name] ?? [];
    if (picked.length) data[side.name] = { link: picked.map(({ id }) => ({ id })) };
  }
  return { data, wrong };
}

/** The data of a change: only what is no longer as it was. */
export function changed(fields: readonly Field[], values: Values, before: Values): Collected {
  const { data, wrong } = collected(fields, values);
  for (const [name, value] of Object.entries(data)) {
    if (JSON.stringify(value) === JSON.stringify(before[name] ?? null)) delete data[name];
  }
  return { data, wrong };
}

function collected(fields: readonly Field[], values: Values): Collected {
  const data: Values = {};
  const wrong: string[] = [];
  for (const field of fields) {
    const made = kindOf(field).sent(values[field.name]);
    if (made === undefined) wrong.push(field.name);
    else data[field.name] = made;
  }
  return { data, wrong };
}

/** Problems by the field that their path names; those of no field stand under the empty name. */
export function byField(problems: readonly Problem[], fields: readonly Field[]): Map<string, string[]> {
  const names = new Set(fields.map((field) => field.name));
  const found = new Map<string, string[]>();
  for (const { path, message } of problems) {
    const name = path.map(String).find((step) => names.has(step)) ?? '';
    found.set(name, [...(found.get(name) ?? []), message]);
  }
  return found;
}
