/** The catalogues: one chunk a language, fetched when it is first wanted; plural forms are those of Intl.PluralRules. */
import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { formatOf } from '@/lib/format';
import { isRightToLeft, listen, settings, type Language } from '@/lib/settings';

const CATALOGUES = {
  en: () => import('./en'),
  ru: () => import('./ru'),
  fa: () => import('./fa'),
};

/** A number that was not written out yet stands in the reader's digits. */
const DIGITS: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? formatOf(settings()).number(value) : String(value ?? '')),
};

async function bring(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'app')) return;
  const { catalogue } = await CATALOGUES[language]();
  for (const [space, words] of Object.entries(catalogue)) i18next.addResourceBundle(language, space, words);
}

export async function speak(language: Language): Promise<void> {
  await bring(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = isRightToLeft(language) ? 'rtl' : 'ltr';
}

/** Ready when the words of the reader's language are here; follows what they choose later. */
export async function begin(): Promise<void> {
  await i18next.use(initReactI18next).use(DIGITS).init({
    lng: settings().language,
    fallbackLng: false,
    defaultNS: 'app',
    resources: {},
    interpolation: { escapeValue: false, alwaysFormat: true },
    returnNull: false,
  });
  await speak(settings().language);
  listen(() => {
    if (settings().language !== i18next.language) void speak(settings().language);
  });
}
