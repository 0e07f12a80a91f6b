/** Names for programs made of words of people, in Latin letters whatever script they were typed in. */
const CYRILLIC: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
};
const PERSIAN: Record<string, string> = {
  ا: 'a', آ: 'a', ب: 'b', پ: 'p', ت: 't', ث: 's', ج: 'j', چ: 'ch', ح: 'h', خ: 'kh', د: 'd', ذ: 'z', ر: 'r', ز: 'z', ژ: 'zh', س: 's',
  ش: 'sh', ص: 's', ض: 'z', ط: 't', ظ: 'z', ع: 'a', غ: 'gh', ف: 'f', ق: 'gh', ک: 'k', ك: 'k', گ: 'g', ل: 'l', م: 'm', ن: 'n', و: 'v',
  ه: 'h', ی: 'i', ي: 'i', ئ: 'y', ء: '', أ: 'a', ؤ: 'o', '\u200c': ' ',
};
const IRREGULAR: Record<string, string> = { person: 'people', child: 'children', man: 'men', woman: 'women' };

function latin(text: string): string {
  const letters = [...text.toLowerCase()].map((letter) => CYRILLIC[letter] ?? PERSIAN[letter] ?? letter).join('');
  return letters.normalize('NFKD').replace(/[^a-z0-9]+/g, ' ').trim();
}

/** Words as they were typed, apart from where capitals stand inside of one. */
const words = (text: string): string[] => latin(text.replace(/([a-z0-9])([A-Z])/g, '$1 $2')).split(' ').filter(Boolean);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const lettersFirst = (name: string): string => name.replace(/^[0-9]+/, '');

/** `service contract` → `ServiceContract`; empty where no letter is left. */
export const typeName = (text: string): string => capital(lettersFirst(words(text).map(capital).join('')));

/** `end date` → `endDate`. */
export function fieldName(text: string): string {
  const name = typeName(text);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `belongs to` → `BELONGS_TO`. */
export const relationName = (text: string): string => lettersFirst(words(text).join('_')).replace(/^_+/, '').toUpperCase();

/** The plural of an English word or of the last one of several. */
export function plural(text: string): string {
  const last = /[A-Za-z]+$/.exec(text)?.[0] ?? '';
  const tail = /[A-Z]?[a-z]+$/.exec(last)?.[0] ?? last;
  const irregular = IRREGULAR[tail.toLowerCase()];
  const begin = text.slice(0, text.length - tail.length);
  if (irregular) return begin + (/^[A-Z]/.test(tail) ? capital(irregular) : irregular);
  if (/(s|x|z|ch|sh)$/i.test(text)) return `${text}es`;
  if (/[^aeiou]y$/i.test(text)) return `${text.slice(0, -1)}ies`;
  return text ? `${text}s` : '';
}

/** As it stands in the middle of a sentence: small, apart from abbreviations. */
export function small(text: string): string {
  const [first = ''] = text.split(' ');
  return first.length > 1 && first === first.toUpperCase() ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** A name that is not taken: the one wished for, or the same with a number. */
export function untaken(wish: string, taken: readonly string[]): string {
  if (!taken.includes(wish)) return wish;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${wish}${number}`)) return `${wish}${number}`;
  }
}
