/** What the server says in English, put into the reader's language: its code's sentence, filled with the facts that come with it. Pure. */
export type Facts = Readonly<Record<string, unknown>>;

export interface Speech {
  /** The words of a key of the catalogue, not filled yet; empty where it has none, as in English, which the server speaks. */
  words: (key: string, count?: number) => string;
  number: (value: number) => string;
  list: (names: readonly string[]) => string;
}

/** Facts that are words of the model, and where the catalogue has them. */
const WORDS: Readonly<Record<string, (fact: string) => string>> = {
  kind: (fact) => `model:kind.${fact}`,
  other_kind: (fact) => `model:kind.${fact}`,
  on_delete: (fact) => `model:onDelete.${fact.toUpperCase()}`,
  on_delete_before: (fact) => `model:onDelete.${fact.toUpperCase()}`,
  validity: (fact) => `model:validity.${fact.toUpperCase()}`,
  validity_before: (fact) => `model:validity.${fact.toUpperCase()}`,
  low: (fact) => `server:option.${fact}`,
  high: (fact) => `server:option.${fact}`,
  ...Object.fromEntries(['expected', 'token', 'word', 'end', 'what', 'of', 'measure', 'option'].map((name) => [name, (fact: string) => `server:${name}.${fact}`])),
};
const PLACE = /\{\{(\w+)\}\}/g;

/** A sentence where it goes on after a colon, with a small letter at its beginning in languages that have them. */
export const afterColon = (sentence: string): string => sentence.replace(/^[А-ЯЁ](?=[а-яё ])/, (letter) => letter.toLowerCase());

/** The sentence of a key with its facts; null where the catalogue has none, or where a fact that it speaks of is missing. */
export function said(key: string, facts: Facts, speech: Speech): string | null {
  const whole = typeof facts.case === 'string' ? `${key}-${facts.case}` : key;
  const words = speech.words(`server:${whole}`, typeof facts.count === 'number' ? facts.count : undefined);
  return words ? filled(words, facts, speech) : null;
}

/** Words with the facts that they speak of; null where one is missing. */
export function filled(words: string, facts: Facts, speech: Speech): string | null {
  let missing = false;
  const whole = words.replace(PLACE, (_, name: string) => {
    const fact = factOf(name, facts, speech);
    missing ||= fact === null;
    return fact ?? '';
  });
  return missing ? null : whole;
}

function factOf(name: string, facts: Facts, speech: Speech): string | null {
  const fact = facts[name];
  if (name === 'because') return reasonOf(fact, speech);
  if (name === 'mend') return said(`mend.${String(fact)}`, { ...facts, case: undefined, count: undefined }, speech);
  if (typeof fact === 'number') return speech.number(fact);
  if (typeof fact === 'string') return speech.words(WORDS[name]?.(fact) ?? '') || `\u2068${fact}\u2069`;
  if (Array.isArray(fact)) return speech.list(fact.map(String));
  return fact && typeof fact === 'object' ? nearOf(fact, speech) : null;
}

/** Why a value is refused, inside of what is said of the thing that it is a part of. */
function reasonOf(fact: unknown, speech: Speech): string | null {
  const { code, ...facts } = (fact ?? {}) as Facts;
  const reason = typeof code === 'string' ? said(`problem.${code}`, facts, speech) : null;
  return reason && afterColon(reason);
}

/** What was probably meant, or what there is. */
function nearOf({ close, known = [] }: { close?: string[]; known?: string[] }, speech: Speech): string {
  const names = close ?? known;
  const key = names.length === 0 ? 'none' : close ? 'close' : 'known';
  return speech.words(`server:near.${key}`).replace('{{names}}', speech.list(names));
}
