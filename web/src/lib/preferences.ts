/** What can be chosen of how things are shown, and what follows from it. Pure: nothing is kept or read here. */
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

export const isRightToLeft = (language: Language): boolean => language === 'fa';

export const calendarOf = (chosen: Settings): Calendar => {
  if (chosen.calendar !== 'auto') return chosen.calendar;
  return chosen.language === 'fa' ? 'persian' : 'gregory';
};

export const zoneOf = (chosen: Settings): string =>
  chosen.timeZone === 'auto' ? Intl.DateTimeFormat().resolvedOptions().timeZone : chosen.timeZone;
