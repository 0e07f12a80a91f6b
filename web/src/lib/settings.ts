/** What a reader has chosen for themselves; kept in the browser, told to whoever listens. */
export type Language = 'en' | 'ru' | 'fa';
export type Theme = 'light' | 'dark' | 'system';
export type Calendar = 'gregory' | 'persian';
export type Digits = 'latn' | 'arabext';
export type Density = 'comfortable' | 'compact';

export interface Settings {
  language: Language;
  theme: Theme;
  /** `auto` follows the language. */
  calendar: Calendar | 'auto';
  digits: Digits | 'auto';
  /** `auto` is the zone of the machine. */
  timeZone: string;
  density: Density;
}

export const LANGUAGES: readonly Language[] = ['en', 'ru', 'fa'];
export const NAMES: Record<Language, string> = { en: 'English', ru: 'Русский', fa: 'فارسی' };
const PLACE = 'xrm.settings';
const listeners = new Set<() => void>();

function asFound(): Settings {
  const spoken = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  const standard: Settings = {
    language: (LANGUAGES as readonly string[]).includes(spoken) ? (spoken as Language) : 'en',
    theme: 'system',
    calendar: 'auto',
    digits: 'auto',
    timeZone: 'auto',
    density: 'comfortable',
  };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Settings>) };
  } catch {
    return standard;
  }
}

let current = asFound();

export const settings = (): Settings => current;

export function choose(change: Partial<Settings>): void {
  current = { ...current, ...change };
  localStorage.setItem(PLACE, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isRightToLeft = (language: Language): boolean => language === 'fa';

export const calendarOf = (chosen: Settings): Calendar => {
  if (chosen.calendar !== 'auto') return chosen.calendar;
  return chosen.language === 'fa' ? 'persian' : 'gregory';
};

export const zoneOf = (chosen: Settings): string =>
  chosen.timeZone === 'auto' ? Intl.DateTimeFormat().resolvedOptions().timeZone : chosen.timeZone;
