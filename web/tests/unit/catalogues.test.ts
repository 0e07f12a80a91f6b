import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue as en } from '@/i18n/en';
import { catalogue as fa } from '@/i18n/fa';
import { catalogue as ru } from '@/i18n/ru';
import type { Words } from '@/i18n/spaces';

const CATALOGUES = { en, ru, fa };
/** What the server says itself in English; that these are all is tested beside the server. */
const SERVER = /^server:/;
const PLURAL = /_(zero|one|two|few|many|other)$/;
const SOURCES = ['src', 'boot'].map((folder) => join(import.meta.dirname, '../..', folder));

function flat(tree: Words, before = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value]] : Object.entries(flat(value, `${before}${key}.`)),
    ),
  );
}

const wordsOf = (language: keyof typeof CATALOGUES): Record<string, string> =>
  Object.fromEntries(
    Object.entries(CATALOGUES[language]).flatMap(([space, tree]) => Object.entries(flat(tree, `${space}:`))),
  );
const plain = (words: Record<string, string>): string[] => [...new Set(Object.keys(words).map((key) => key.replace(PLURAL, '')))].sort();

/** Every key that a source asks for; a template such as `list:period.${each}` stands for all keys of that form. */
function asked(): RegExp[] {
  const files = SOURCES.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
  const texts = files.filter((name) => /\.(tsx?|mjs)$/.test(name)).map((name) => readFileSync(name, 'utf8'));
  const spaces = Object.keys(en).join('|');
  const found = new RegExp(`['"\`]((?:${spaces}):[^'"\`\\s]+)['"\`]`, 'g');
  return texts.flatMap((text) =>
    [...text.matchAll(found)].map(([, key = '']) => {
      const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${parts.join('[^:]+')}$`);
    }),
  );
}

describe('the catalogues', () => {
  it.each(['ru', 'fa'] as const)('say everything in %s that they say in English', (language) => {
    expect(plain(wordsOf(language)).filter((key) => !SERVER.test(key))).toEqual(plain(wordsOf('en')));
  });

  it('say in Russian what they say in Persian of what the server says', () => {
    const [russian, persian] = (['ru', 'fa'] as const).map((language) => plain(wordsOf(language)).filter((key) => SERVER.test(key)));
    expect(russian?.length).toBeGreaterThan(300);
    expect(russian).toEqual(persian);
  });

  it('say “at most” in Persian in one way', () => {
    expect(Object.entries(wordsOf('fa')).filter(([, words]) => words.includes('دست‌بالا'))).toEqual([]);
  });

  it.each(['en', 'ru', 'fa'] as const)('have every plural form that %s has', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const words = wordsOf(language);
    for (const key of Object.keys(words).filter((each) => PLURAL.test(each))) {
      for (const form of forms) expect(words, `${key}: ${form}`).toHaveProperty([key.replace(PLURAL, `_${form}`)]);
    }
  });

  it.each(['ru', 'fa'] as const)('put the same values into the words of %s', (language) => {
    const given = (text: string | undefined) => [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    const [here, there] = [wordsOf('en'), wordsOf(language)];
    for (const key of Object.keys(here)) expect(given(there[key]), key).toEqual(given(here[key]));
  });

  it('hold no key that no source asks for', () => {
    const patterns = asked();
    expect(plain(wordsOf('en')).filter((key) => !patterns.some((each) => each.test(key)))).toEqual([]);
  });

  it('hold every key that a source asks for', () => {
    const keys = plain(wordsOf('en'));
    expect(asked().filter((each) => !keys.some((key) => each.test(key))).map(String)).toEqual([]);
  });
});
