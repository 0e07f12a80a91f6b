/** What a reader has chosen for themselves; kept in the browser, told to whoever listens. */
import { LANGUAGES, type Language, type Settings } from './preferences';

export * from './preferences';

export interface Chosen extends Settings {
  /** Whether single letters and signs do something outside of fields. */
  singleKeys: boolean;
  /** Whether what is told while nobody looks is shown beside the page. */
  onDesk: boolean;
}

export const NAMES: Record<Language, string> = { en: 'English', ru: 'Русский', fa: 'فارسی' };
const PLACE = 'xrm.settings';
const listeners = new Set<() => void>();

function asFound(): Chosen {
  const spoken = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  const standard: Chosen = {
    language: (LANGUAGES as readonly string[]).includes(spoken) ? (spoken as Language) : 'en',
    theme: 'system',
    calendar: 'auto',
    digits: 'auto',
    timeZone: 'auto',
    density: 'comfortable',
    singleKeys: true,
    onDesk: false,
  };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Chosen>) };
  } catch {
    return standard;
  }
}

let current = asFound();

export const settings = (): Chosen => current;

export function choose(change: Partial<Chosen>): void {
  current = { ...current, ...change };
  localStorage.setItem(PLACE, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
