/** Colours that tell things apart and mean nothing else: none of them is green, amber or red alone. */
export const HUES = ['#4540c4', '#0f7f83', '#a8620d', '#9a3fb8', '#2f6cb3', '#b33a5b', '#4d6b2f', '#5b5f78'] as const;

export function hueOf(seed: string): string {
  let sum = 7;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? HUES[0];
}
