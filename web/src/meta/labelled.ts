/** Facts of what is wrong with a record or a link, with labels of the model in the place of names for programs. Pure. */
import { heading, type EntityType, type Model, type RelationType } from './types';
import type { Language } from '@/lib/preferences';
import type { Facts } from '@/lib/said';

type Owner = EntityType | RelationType;

const ownerNamed = (name: unknown, model: Model | undefined): Owner | undefined =>
  model?.types.find((each) => each.name === name) ?? model?.relations.find((each) => each.name === name);

const fieldOf = (owner: Owner | undefined, name: string, language: Language): string => {
  const found = owner?.fields.find((each) => each.name === name);
  return found ? heading(found, language) : '';
};

/** The label of the field that a value was refused for; empty where it is none's, or nobody knows the model yet. */
export function headingOf(of: unknown, model: Model | undefined, language: Language): string {
  const { owner, field } = (of ?? {}) as { owner?: string; field?: string };
  return field ? fieldOf(ownerNamed(owner, model), field, language) : '';
}

/** The facts with the label of the field, of its type, and of the fields that records are told apart by. */
export function labelled(facts: Facts, field: string, model: Model | undefined, language: Language): Facts {
  const owner = ownerNamed((facts.ofField as { owner: string }).owner, model);
  const type = owner && ('label' in owner ? owner.label : owner);
  const values = Object.entries((facts.values ?? {}) as Record<string, string>);
  const named = values.map(([name, value]) => `${fieldOf(owner, name, language) || name}: ${value}`);
  return { ...facts, ...(facts.name ? { name: field } : {}), ...(type && facts.type ? { type: type[language] } : {}), ...(named.length ? { named } : {}) };
}
