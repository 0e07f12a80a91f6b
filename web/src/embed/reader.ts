/** Who reads an element, as far as its attributes and the page around it tell. */
import { formatOf, type Format } from '@/lib/format';
import { LANGUAGES, type Calendar, type Digits, type Language, type Settings } from '@/lib/preferences';

const among = <T extends string>(all: readonly T[], value: string | null): T | undefined => all.find((each) => each === value);

const CALENDARS: readonly Calendar[] = ['gregory', 'persian'];
const DIGITS: readonly Digits[] = ['latn', 'arabext'];

/** The first of these tags whose language is one that the catalogues have; else English. */
export function languageOf(...tags: readonly (string | null | undefined)[]): Language {
  const found = tags.map((tag) => among(LANGUAGES, (tag ?? '').toLowerCase().split('-')[0] ?? ''));
  return found.find((language) => language !== undefined) ?? 'en';
}

export interface Reader {
  settings: Settings;
  format: Format;
}

export function readerOf(element: Element): Reader {
  const around = element.closest('[lang]')?.getAttribute('lang');
  const settings: Settings = {
    language: languageOf(element.getAttribute('locale'), around, navigator.language),
    theme: 'system',
    calendar: among(CALENDARS, element.getAttribute('calendar')) ?? 'auto',
    digits: among(DIGITS, element.getAttribute('digits')) ?? 'auto',
    timeZone: element.getAttribute('time-zone') || 'auto',
    density: 'comfortable',
  };
  return { settings, format: formatOf(settings) };
}

/** A day stands for its end: what was true and known by then. */
export const momentOf = (asOf: string): string | null => (asOf.length === 10 ? `${asOf}T23:59:59Z` : asOf || null);

/** The names in a list by commas or spaces; null for none. */
export function listed(text: string): string[] | null {
  const names = text.split(/[\s,]+/).filter(Boolean);
  return names.length ? names : null;
}

/** A whole number between two others; where there is none, the usual one. */
export function between(text: string | null, least: number, most: number, usual: number): number {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isNaN(number) ? usual : Math.min(most, Math.max(least, number));
}
