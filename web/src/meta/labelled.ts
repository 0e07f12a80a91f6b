/** Facts of what is wrong with a record or a link, with labels of the model in the place of names for programs. Pure. */
import { heading, type EntityType, type Model, type RelationType } from './types';
import type { Language } from '@/lib/preferences';
import type { Facts } from '@/lib/said';

type Owner = EntityType | RelationType;

const typeOf = (name: unknown, model: Model | undefined): EntityType | undefined => model?.types.find((each) => each.name === name);

const ownerNamed = (name: unknown, model: Model | undefined): Owner | undefined =>
  typeOf(name, model) ?? model?.relations.find((each) => each.name === name);

const fieldOf = (owner: Owner | undefined, name: string, language: Language): string => {
  const found = owner?.fields.find((each) => each.name === name);
  return found ? heading(found, language) : '';
};

/** The label of the field that a value was refused for; empty where it is none's, or nobody knows the model yet. */
export function headingOf(of: unknown, model: Model | undefined, language: Language): string {
  const { owner, field } = (of ?? {}) as { owner?: string; field?: string };
  return field ? fieldOf(ownerNamed(owner, model), field, language) : '';
}

/** The label of a relation; empty where there is none of the name. */
export function relationOf(name: unknown, model: Model | undefined, language: Language): string {
  const found = model?.relations.find((each) => each.name === name);
  return found ? heading(found, language) : '';
}

/** The labels of the fields that somebody else has changed meanwhile, as a conflict tells of them. */
export function movedFields({ type, fields }: Facts, model: Model | undefined, language: Language): string[] {
  const owner = typeOf(type, model);
  return Object.keys((fields ?? {}) as Facts).flatMap((name) => fieldOf(owner, name, language) || []);
}

/** The facts with the labels of the field, the relation and the types that they speak of, and of the fields that records are told apart by. */
export function labelled(facts: Facts, model: Model | undefined, language: Language): Facts {
  const ofField = facts.ofField as { owner: string; field: string } | undefined;
  const owner = ownerNamed(ofField?.owner ?? facts.ofType, model);
  const called = owner && ('label' in owner ? owner.label : owner)[language];
  const field = headingOf(ofField, model, language);
  const relation = relationOf(facts.ofRelation, model, language);
  const values = Object.entries((facts.values ?? {}) as Record<string, string>);
  const named = values.map(([name, value]) => `${fieldOf(owner, name, language) || name}: ${value}`);
  return {
    ...facts,
    ...(typeof facts.what === 'string' ? { what: typesIn(facts.what, ' or ', model, language) } : {}),
    ...(facts.name && field ? { name: field } : {}),
    ...(facts.type && called ? { type: called } : {}),
    ...(typeof facts.by === 'string' ? { by: fieldOf(owner, facts.by, language) || facts.by } : {}),
    ...(named.length ? { named } : {}),
    ...(relation ? { relation, ...(typeof facts.allowed === 'string' ? { allowed: typesIn(facts.allowed, ', ', model, language) } : {}) } : {}),
  };
}

/** Names of types in a row, each by its label where it is a type's. */
function typesIn(names: string, between: string, model: Model | undefined, language: Language): string | string[] {
  const all = names.split(between).map((name) => typeOf(name, model)?.label[language] ?? name);
  return all.length > 1 ? all : (all[0] ?? names);
}
