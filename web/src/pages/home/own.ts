/** Which records are the reader's own, as a condition in words: pure. */
import type { EntityType, Side } from '@/meta/model';

/** The record that the reader's account is. */
export interface Person {
  id: string;
  type: string;
}

/** A relation that names one record of the person's type and of no other: who a record is entrusted to. */
const entrusts = (side: Side, { type }: Person): boolean => side.most === 1 && side.types.length === 1 && side.types[0] === type;

const named = (side: Side, { id }: Person): string => `any(${side.name}, id = '${id}')`;

/**
 * Records entrusted to the person; of a type that is entrusted to nobody those linked with them. Null where nothing of
 * the type can be anybody's. Longer ways would take the database long to plan.
 */
export function ownText(type: EntityType, person: Person): string | null {
  const trusted = type.relations.filter((side) => entrusts(side, person));
  const linked = type.relations.filter((side) => side.types.includes(person.type));
  return (trusted.length ? trusted : linked).map((side) => named(side, person)).join(' or ') || null;
}
