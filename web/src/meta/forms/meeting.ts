/** Two people change one record: which fields meet, and what becomes of them. Pure. */
import type { Values } from './draft';
import { kindOf } from '@/meta/kinds';
import type { Field } from '@/meta/model';

export interface Meeting {
  field: Field;
  mine: unknown;
  theirs: unknown;
  /** Both changed it, each to something else. */
  both: boolean;
}

export type Choice = 'mine' | 'theirs';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What was typed, as it would be saved. */
function meant(field: Field, value: unknown): unknown {
  const made = kindOf(field).sent(value);
  return made === undefined ? value : made;
}

/** The fields that they have changed since, those that I changed too first. */
export function meetings(fields: readonly Field[], before: Values, mine: Values, theirs: Values): Meeting[] {
  const found = fields.flatMap((field) => {
    const { name } = field;
    if (same(theirs[name], before[name])) return [];
    const own = meant(field, mine[name]);
    const both = !same(own, meant(field, before[name])) && !same(own, meant(field, theirs[name]));
    return [{ field, mine: own, theirs: theirs[name], both }];
  });
  return found.sort((a, b) => Number(b.both) - Number(a.both));
}

/** What the form holds from then on: theirs where I changed nothing or chose so, else mine. */
export function settled(mine: Values, met: readonly Meeting[], chosen: ReadonlyMap<string, Choice>): Values {
  const values = { ...mine };
  for (const { field, theirs, both } of met) {
    if (!both || chosen.get(field.name) === 'theirs') values[field.name] = theirs;
  }
  return values;
}
