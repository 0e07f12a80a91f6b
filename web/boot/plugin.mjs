// Puts before dist/boot.js, which runs before the program, what it asks and fetches first, and what it says where that fails.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { together } from '../worker/plugin.mjs';
import { MEDIA, QUESTIONS } from '../src/api/first.ts';

const WORDS = /\/src\/i18n\/(\w+)\/index\.ts$/;
/** The words for a program that cannot be fetched, as the catalogues have them. */
const LOST = { says: 'errors:program', again: 'errors:again' };
/** The pages that people begin with, by the first part of their address. */
const PAGES = {
  '': ['/src/pages/home/Home.tsx'],
  t: ['/src/pages/list/List.tsx'],
  r: ['/src/pages/record/Record.tsx'],
  explore: ['/src/pages/explorer/Explorer.tsx', '/src/graph/GraphStage.tsx'],
};

function lostIn(language) {
  const said = (key) => {
    const [space, word] = key.split(':');
    return JSON.parse(readFileSync(new URL(`../src/i18n/${language}/${space}.json`, import.meta.url), 'utf8'))[word];
  };
  return Object.fromEntries(Object.entries(LOST).map(([name, key]) => [name, said(key)]));
}

export function firstOf(bundle) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const initial = together(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName), bundle);
  const filesOf = (...parts) => [...together(parts.map((chunk) => chunk.fileName), bundle)].filter((name) => !initial.has(name)).map((name) => `/${name}`);
  const words = chunks.flatMap((chunk) => {
    const [, language] = WORDS.exec(chunk.facadeModuleId ?? '') ?? [];
    return language ? [[language, filesOf(chunk)]] : [];
  });
  const pages = Object.entries(PAGES).flatMap(([place, modules]) => {
    const parts = chunks.filter((each) => modules.some((module) => each.facadeModuleId?.endsWith(module)));
    return parts.length ? [[place, filesOf(...parts)]] : [];
  });
  const lost = Object.fromEntries(['en', 'ru', 'fa'].map((language) => [language, lostIn(language)]));
  return { words: Object.fromEntries(words), lost, pages: Object.fromEntries(pages), questions: QUESTIONS, accept: MEDIA };
}

export const boot = () => ({
  name: 'xrm-boot',
  apply: 'build',
  writeBundle({ dir }, bundle) {
    const place = join(dir, 'boot.js');
    writeFileSync(place, `const FIRST = ${JSON.stringify(firstOf(bundle))};\n${readFileSync(place, 'utf8')}`);
  },
});
