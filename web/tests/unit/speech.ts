import type { Words } from '@/i18n/spaces';
import type { Speech } from '@/lib/said';

/** The words of a language, with the plural forms that i18next would choose. */
export function speechOf(catalogue: Record<string, Words>, language: string): Speech {
  const words = (key: string, count?: number): string => {
    const [space = '', path = ''] = key.split(':');
    const [last = '', ...before] = path.split('.').reverse();
    const node = before.reverse().reduce<Words | string | undefined>((tree, step) => (typeof tree === 'object' ? tree[step] : undefined), catalogue[space]);
    if (typeof node !== 'object') return '';
    const form = count === undefined ? undefined : node[`${last}_${new Intl.PluralRules(language).select(count)}`];
    return String(form ?? node[last] ?? '');
  };
  return { words, number: (value) => new Intl.NumberFormat(language).format(value), list: (names) => names.join(', ') };
}
