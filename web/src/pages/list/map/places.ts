/** Countries by any of their names: those of the reader's languages, of the map, and a few that people write. */
import { plainLetters } from '@/lib/finding';

const SPOKEN = ['en', 'ru', 'fa'] as const;

/** Names of the map that are no standard names of a country. */
const ON_THE_MAP: Record<string, string> = {
  'United States of America': 'US', 'Bosnia and Herz.': 'BA', 'Central African Rep.': 'CF', 'Czechia': 'CZ', "Côte d'Ivoire": 'CI',
  'Dem. Rep. Congo': 'CD', 'Congo': 'CG', 'Dominican Rep.': 'DO', 'Eq. Guinea': 'GQ', 'Falkland Is.': 'FK', 'Fr. S. Antarctic Lands': 'TF',
  'Macedonia': 'MK', 'Myanmar': 'MM', 'Palestine': 'PS', 'S. Sudan': 'SS', 'Solomon Is.': 'SB', 'Turkey': 'TR', 'W. Sahara': 'EH', 'eSwatini': 'SZ',
};

const WRITTEN: Record<string, string> = { usa: 'US', uk: 'GB', 'united states of america': 'US', 'great britain': 'GB', 'рф': 'RU', 'российская федерация': 'RU', 'сша': 'US' };

const folded = (name: string): string => plainLetters(name).trim();

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The code of a country by the name that somebody wrote; made once, when a map is first opened. */
export function namesOfCountries(): Map<string, string> {
  const names = new Map<string, string>(Object.entries(WRITTEN));
  for (const language of SPOKEN) {
    const spoken = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of LETTERS.flatMap((one) => LETTERS.map((two) => one + two))) {
      const name = spoken.of(code);
      if (name && !names.has(folded(name))) names.set(folded(name), code);
    }
  }
  for (const [name, code] of Object.entries(ON_THE_MAP)) names.set(folded(name), code);
  for (const code of [...names.values()]) if (!names.has(code.toLocaleLowerCase())) names.set(code.toLocaleLowerCase(), code);
  return names;
}

export const countryOf = (name: string, names: Map<string, string>): string | undefined => names.get(folded(name));
