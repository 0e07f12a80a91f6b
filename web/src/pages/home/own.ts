/** Which records are the reader's own, as a condition in words: pure. */
import { typeNamed, type EntityType, type Model, type Side } from '@/meta/model';

/** The record that the reader's account is. */
export interface Person {
  id: string;
  type: string;
}

/** A relation that names one record of the person's type and of no other: who a record is entrusted to. */
const entrusts = (side: Side, { type }: Person): boolean => side.most === 1 && side.types.length === 1 && side.types[0] === type;

const named = (side: Side, { id }: Person): string => `any(${side.name}, id = '${id}')`;

/** Belonging to one record of another type, which is entrusted to the person; more ways would take the database long to plan. */
function behind(side: Side, type: EntityType, model: Model, person: Person): string[] {
  if (side.most !== 1) return [];
  return side.types.flatMap((name) => {
    const far = name === type.name || name === person.type ? undefined : typeNamed(model, name);
    const trusted = (far?.relations ?? []).filter((each) => entrusts(each, person)).map((each) => named(each, person)).join(' or ');
    if (!trusted) return [];
    return side.types.length > 1 ? [`any(${side.name}, isA(${name}, ${trusted}))`] : [`any(${side.name}, ${trusted})`];
  });
}

/**
 * Records entrusted to the person; of a type that is entrusted to nobody those linked with them, or belonging to what
 * is entrusted to them. Null where nothing of the type can be anybody's.
 */
export function ownText(type: EntityType, model: Model, person: Person): string | null {
  const trusted = type.relations.filter((side) => entrusts(side, person)).map((side) => named(side, person));
  if (trusted.length) return trusted.join(' or ');
  const linked = type.relations.filter((side) => side.types.includes(person.type)).map((side) => named(side, person));
  const further = type.relations.flatMap((side) => behind(side, type, model, person));
  return [...linked, ...further].join(' or ') || null;
}
