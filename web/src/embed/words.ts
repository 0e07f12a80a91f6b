/** What the elements say, from the catalogues of the application; plural forms are those of Intl.PluralRules. */
import type { Words } from '@/i18n/spaces';
import type { Language } from '@/lib/preferences';

export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

const BRING: Record<Language, () => Promise<{ words: Words }>> = {
  en: () => import('./words/en'),
  ru: () => import('./words/ru'),
  fa: () => import('./words/fa'),
};

export async function wordsOf(language: Language): Promise<Say> {
  return sayer((await BRING[language]()).words, language);
}

/** Looks keys such as `graph:tool.fit` up; with a `count`, the form of it. */
export function sayer(words: Words, language: Language): Say {
  const rules = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const path = key.replace(':', '.').split('.');
    const plain = at(words, path);
    const text = typeof values.count === 'number' ? (at(words, [...path.slice(0, -1), `${path.at(-1)}_${rules.select(values.count)}`]) ?? plain) : plain;
    return (text ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}

function at(words: Words, path: readonly string[]): string | undefined {
  let here: string | Words | undefined = words;
  for (const step of path) here = typeof here === 'object' ? here[step] : undefined;
  return typeof here === 'string' ? here : undefined;
}
