/** What a reader has chosen for themselves; kept in the browser, told to whoever listens. */
import { LANGUAGES, type Language, type Settings } from './preferences';

export * from './preferences';

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
