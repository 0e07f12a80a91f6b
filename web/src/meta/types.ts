/** The model as data: types, their fields and relations, and what is found in them. Pure. */
import type { Language } from '@/lib/preferences';

export type Words = Record<Language, string>;

export interface Choice {
  value: string;
  labels?: Partial<Record<Language, Record<string, string>>>;
  color?: string;
}

export interface Field extends Words {
  name: string;
  kind: string;
  required: boolean;
  unique: boolean;
  readOnly: boolean;
  searchable: boolean;
  isList: boolean;
  default: unknown;
  options: { choices?: Choice[]; currency?: string; scale?: number; maxLength?: number; min?: unknown; max?: unknown };
  help: string | null;
  /** With which values of another field it is asked for; none where it is asked for always. */
  when?: { field: string; values: (string | boolean)[]; required: boolean } | null;
}

/** A relation as a record of one type sees it. */
export interface Side extends Words {
  name: string;
  relation: string;
  direction: 'out' | 'in' | 'both';
  types: string[];
  most: number | null;
}

/** A type of links, whichever end it is seen from: what a link itself says, and whether it holds for a time. */
export interface RelationType extends Words {
  name: string;
  symmetric: boolean;
  repeatable: boolean;
  validity: 'NONE' | 'OVERLAPS' | 'EXCLUSIVE';
  fields: Field[];
  source: End;
  target: End;
}

export interface End {
  /** The relation's name on the records that stand here. */
  field: string;
  types: string[];
}

export interface EntityType {
  name: string;
  plural: string;
  icon: string;
  color: string;
  display: string;
  pack: string;
  /** The names of its root fields: `company`, `companies`. */
  one: string;
  many: string;
  label: Words;
  labels: Words;
  order: { field: string; direction: string }[];
  naturalKeys: string[][];
  fields: Field[];
  relations: Side[];
}

export interface Model {
  version: number;
  types: EntityType[];
  relations: RelationType[];
}

export const typeNamed = (model: Model | undefined, name: string): EntityType | undefined =>
  model?.types.find((type) => type.name === name);

export const relationNamed = (model: Model | undefined, name: string): RelationType | undefined =>
  model?.relations.find((relation) => relation.name === name);

/** The same relation as records of the far type have it; what is linked from here is linked back by it. */
export function sideBack(far: EntityType, side: Side, near: string): Side | undefined {
  const other = { out: 'in', in: 'out', both: 'both' }[side.direction];
  return far.relations.find((each) => each.relation === side.relation && each.direction === other && each.types.includes(near));
}

/** The field that a record of the type is told by: the first one of its display text, where that is a plain one. */
export function titleField(type: EntityType): Field | undefined {
  const named = /^\{(\w+)\}$/.exec(type.display)?.[1];
  return type.fields.find((field) => field.name === named);
}

/** The field whose text names a record for people: of several in its display text the first that must be filled in. */
export function namingField(type: EntityType): Field | undefined {
  const names = [...type.display.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const fields = names.flatMap((name) => type.fields.find((field) => field.name === name && field.kind === 'text') ?? []);
  return fields.find((field) => field.required) ?? fields[0];
}

/** As a heading: labels stand in the middle of sentences too, so the model keeps them small. */
export const heading = (words: Words & { name?: string }, language: Language): string =>
  capital(words[language] === words.name ? inWords(words[language]) : words[language], language);

/** A name for programs as people write it, for what has been given no label: `endDate` → `end date`, `WORKS_AT` → `works at`. */
export function inWords(name: string): string {
  if (/^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(name)) return name.replaceAll('_', ' ').toLowerCase();
  return name.replace(/([a-z0-9])([A-Z])(?![A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
}

/** With a large letter at its beginning, as the language has it. */
export function capital(text: string, language: Language): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

export const choiceLabel = (choice: Choice, language: Language): string =>
  choice.labels?.[language]?.other ?? choice.labels?.en?.other ?? choice.value;
