/** Finding what is named on the page by what is typed. Pure. */

/** Signs over letters, Arabic forms of Persian letters and the joiner make no difference, as in the search of records. */
export const plainLetters = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ي', 'ی').replaceAll('ك', 'ک').replaceAll('\u200c', '').toLowerCase();

/** Whether the name has every word that was typed, in any order; nothing typed fits everything. */
export function fits(name: string, typed: string): boolean {
  const within = plainLetters(name);
  return plainLetters(typed).split(/[^\p{L}\p{N}]+/u).every((word) => within.includes(word));
}
