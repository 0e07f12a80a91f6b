/** Who knows whom around a record: the people among its strongest links, and those who know them. */
import type { Language } from '@/lib/settings';
import { choiceLabel, relationNamed, type EntityType, type Field, type Model } from '@/meta/model';
import type { View } from '@/meta/view360';

export interface Tie {
  id: string;
  title: string;
  /** Through which relation, and what the link says. */
  says: string[];
  strength: number;
}

export interface Known {
  source: string;
  target: string;
  weight: number;
}

const MOST = 6;

/** Relations whose two ends mean the same: acquaintance, partnership. */
export const mutual = (model: Model): string[] => model.relations.filter((each) => each.symmetric).map((each) => each.name);

const canKnow = (type: EntityType | undefined, relations: readonly string[]): boolean =>
  Boolean(type?.relations.some((side) => relations.includes(side.relation)));

/** The strongest links to records that can know each other, each record once. */
export function tiesOf(view: View, model: Model, language: Language): Tie[] {
  const relations = mutual(model);
  const types = new Map(model.types.map((type) => [type.name, type]));
  const found = new Map<string, Tie>();
  for (const section of view.sections) {
    const fields = relationNamed(model, section.relation)?.fields ?? [];
    for (const { record, strength, values } of section.links) {
      if (!canKnow(types.get(record.type), relations)) continue;
      const role = roleIn(values, fields, language);
      const tie = { id: record.id, title: record.title, says: [section.label, ...(role ? [role] : [])], strength: strength ?? 0 };
      if (!found.has(record.id)) found.set(record.id, tie);
    }
  }
  return [...found.values()].sort((a, b) => b.strength - a.strength).slice(0, MOST);
}

/** What a link says of the part somebody plays: its first text or choice, a choice by its label. */
function roleIn(values: Readonly<Record<string, unknown>>, fields: readonly Field[], language: Language): string | undefined {
  const field = fields.find(({ name, kind }) => (kind === 'text' || kind === 'choice') && typeof values[name] === 'string');
  if (!field) return undefined;
  const value = String(values[field.name]);
  const choice = field.options.choices?.find((each) => each.value === value);
  return choice ? choiceLabel(choice, language) : value;
}

/** Who knows each of the ties, the best acquainted first; the record itself is left out. */
export function knownBy(ties: readonly Tie[], links: readonly Known[], self: string): Map<string, string[]> {
  const near = new Map<string, { id: string; weight: number }[]>();
  for (const { source, target, weight } of links) {
    for (const [one, other] of [[source, target], [target, source]] as const) {
      if (ties.some((tie) => tie.id === one) && other !== self) near.set(one, [...(near.get(one) ?? []), { id: other, weight }]);
    }
  }
  return new Map([...near].map(([id, others]) => [id, [...new Set(others.sort((a, b) => b.weight - a.weight).map((each) => each.id))]]));
}
