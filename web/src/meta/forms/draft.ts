/** What a form holds while it is filled in, and what of it is sent: pure. */
import type { Problem } from '@/api/failures';
import { kindOf } from '@/meta/kinds';
import type { EntityType, Field, Side } from '@/meta/model';
import { asked } from './asked';
import { editable } from './brief';

export type Values = Record<string, unknown>;

export interface Picked {
  id: string;
  title: string;
}

/** A record that is made together with the one at hand. */
export interface Made {
  type: EntityType;
  values: Values;
}

export interface Draft {
  values: Values;
  links: Record<string, Picked[]>;
  made: Record<string, Made[]>;
}

export interface Collected {
  data: Values;
  /** Fields whose text is no value of their kind. */
  wrong: string[];
}

export function startOf(fields: readonly Field[]): Draft {
  const values = Object.fromEntries(fields.flatMap((field) => (field.default == null ? [] : [[field.name, field.default]])));
  return { values, links: {}, made: {} };
}

/** The data of a new record: everything that was filled in, what is linked, and what is made with it. */
export function created(fields: readonly Field[], draft: Draft, sides: readonly Side[]): Collected {
  const { data, wrong } = filled(fields, draft.values);
  for (const side of sides) {
    const links = linksOf(side, draft.links[side.name] ?? [], draft.made[side.name] ?? []);
    wrong.push(...links.wrong);
    if (Object.keys(links.data).length) data[side.name] = links.data;
  }
  return { data, wrong };
}

/** Links to records that are there, and to those that are made; `says` is what each link says of itself. */
export function linksOf(side: Side, picked: readonly Picked[], made: readonly Made[], says: Values = {}): Collected {
  const data: Values = {};
  const wrong: string[] = [];
  if (picked.length) data.link = picked.map(({ id }) => ({ id, ...says }));
  if (made.length) {
    data.create = made.map(({ type, values }, place) => {
      const each = filled(asked(editable(type.fields), values), values);
      wrong.push(...each.wrong.map((name) => nested(side.name, place, name)));
      // where several types may stand, the input names the one that is meant
      return { ...(side.types.length > 1 ? { [type.one]: each.data } : { data: each.data }), ...says };
    });
  }
  return { data, wrong };
}

/** The name under which the problems of a field of a nested record are found. */
export const nested = (side: string, place: number, field: string): string => `${side}.${place}.${field}`;

function filled(fields: readonly Field[], values: Values): Collected {
  const { data, wrong } = collected(fields, values);
  for (const [name, value] of Object.entries(data)) if (value === null) delete data[name];
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

/** What inputs hold, as the API takes it. */
export function collected(fields: readonly Field[], values: Values): Collected {
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
    const steps = path.map(String);
    const name = ofNested(steps) ?? steps.find((step) => names.has(step)) ?? '';
    found.set(name, [...(found.get(name) ?? []), message]);
  }
  return found;
}

function ofNested(steps: readonly string[]): string | null {
  const at = steps.indexOf('create');
  const [side, place, field] = [steps[at - 1], steps[at + 1], steps[at + 3]];
  return at > 0 && side && place && field ? nested(side, Number(place), field) : null;
}
