/** The model with everything that can be changed of it: whole definitions, texts in every language, both ends. */
import { useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Language } from '@/lib/settings';
import { inWords } from '@/meta/types';

/** Language → plural form → text. */
export type Texts = Partial<Record<string, Partial<Record<string, string>>>>;
export type OnDelete = 'UNLINK' | 'REFUSE' | 'CASCADE';
export type Validity = 'NONE' | 'OVERLAPS' | 'EXCLUSIVE';

export interface ChoiceDefinition {
  value: string;
  labels?: Record<string, string | Record<string, string>>;
  color?: string;
}

export interface Options {
  choices?: ChoiceDefinition[];
  [option: string]: unknown;
}

/** With which values of another field of the type a field is asked for. */
export interface WhenDefinition {
  field: string;
  values: (string | boolean)[];
  required: boolean;
}

export interface FieldDefinition {
  name: string;
  kind: string;
  labels: Texts;
  help: Texts;
  required: boolean;
  unique: boolean;
  readOnly: boolean;
  searchable: boolean;
  personal: boolean;
  sensitive: boolean;
  default: unknown;
  options: Options;
  deprecated: string | null;
  when: WhenDefinition | null;
}

export interface Step {
  field: string;
  direction: string;
}

export interface TypeAttributes {
  plural: string;
  labels: Texts;
  description: Texts;
  icon: string;
  color: string;
  display: string;
  naturalKeys: string[][];
  order: Step[];
  deprecated: string | null;
}

export interface TypeDefinition extends TypeAttributes {
  name: string;
  pack: string;
  fields: FieldDefinition[];
}

export interface EndDefinition {
  types: string[];
  field: string;
  labels: Texts;
  most: number | null;
  onDelete: OnDelete;
}

export interface RelationAttributes {
  labels: Texts;
  description: Texts;
  symmetric: boolean;
  repeatable: boolean;
  validity: Validity;
}

export interface RelationDefinition extends RelationAttributes {
  name: string;
  pack: string;
  source: EndDefinition;
  target: EndDefinition;
  fields: FieldDefinition[];
}

export interface Design {
  version: number;
  types: TypeDefinition[];
  relations: RelationDefinition[];
}

const FIELDS =
  'fields { name kind labels help: helps required unique readOnly searchable personal sensitive default options deprecated when { field values required } }';
const END = '{ types field labels most onDelete }';
const DESIGN = `query Design {
  model {
    version
    types {
      name plural icon color display pack labels description: descriptions naturalKeys deprecated
      order { field direction }
      ${FIELDS}
    }
    relations { name symmetric repeatable validity pack labels description: descriptions source ${END} target ${END} ${FIELDS} }
  }
}`;

/** The present model, whole; forgotten together with the one that all other pages read. */
export const useDesign = () =>
  useQuery({
    queryKey: keys.design,
    queryFn: async ({ signal }) => (await gql<{ model: Design }>(DESIGN, {}, signal)).model,
    staleTime: Infinity,
  });

/** A text in the reader's language, else in English, else in any. */
export function textIn(texts: Texts, language: Language, form = 'other'): string {
  for (const wanted of [language, 'en', ...Object.keys(texts)]) {
    const forms = texts[wanted];
    const text = forms && (forms[form] || forms.other || Object.values(forms).find(Boolean));
    if (text) return text;
  }
  return '';
}

/** A label as a heading; the name in words where there is none. */
export function titled(one: { name: string; labels: Texts }, language: Language, form = 'other'): string {
  const text = textIn(one.labels, language, form) || inWords(one.name);
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
