/** One operation for all that the element shows, with nothing in it for what it leaves out. */
import type { XrmPart } from '@/embed/public';
import type { Choice } from '@/meta/types';
import type { View } from '@/meta/view360';

export const PARTS: readonly XrmPart[] = ['health', 'figures', 'next', 'waiting', 'links', 'timeline', 'details'];

/** A field as one language has it. */
export interface NamedField {
  name: string;
  kind: string;
  label: string;
  options: { choices?: Choice[]; currency?: string; min?: unknown; max?: unknown };
}

export interface NamedType {
  name: string;
  icon: string;
  color: string;
  label: string;
  fields: NamedField[];
}

export type Whole = Pick<View, 'record' | 'headline'> & Partial<View>;

export interface Answer {
  view360: Whole | null;
  model: { types: NamedType[] };
}

const CARD = 'id type title';
const SCORE = 'engine scores reasons { code text contribution records { id title } }';
const SELECTED: Record<XrmPart, string> = {
  health: `health { ${SCORE} } scores { ${SCORE} }`,
  figures: 'kpis { name label measure better value before currency months { month value } }',
  next: `actions { code text records { ${CARD} } }`,
  waiting: `unfinished { record { ${CARD} } due late }`,
  links: `sections { field label count links { id record { ${CARD} } } }`,
  timeline: `timeline { events { cursor at record { ${CARD} } change { op reason fields } } }`,
  details: '',
};

const known = (name: string): name is XrmPart => (PARTS as readonly string[]).includes(name);

/** The parts that are named, in the order in which they are shown; all, where none is. */
export function partsOf(names: readonly string[] | null): XrmPart[] {
  const wanted = new Set((names ?? []).filter(known));
  return wanted.size ? PARTS.filter((part) => wanted.has(part)) : [...PARTS];
}

export const queryOf = (parts: readonly XrmPart[]): string => `query View($id: ID!, $asOf: DateTime, $language: String!) {
  view360(id: $id, asOf: $asOf, language: $language, events: 8, links: 4) {
    record { ${CARD} values } headline
    ${parts.map((part) => SELECTED[part]).join('\n    ')}
  }
  model { types { name icon color label(language: $language) fields { name kind options label(language: $language) } } }
}`;
