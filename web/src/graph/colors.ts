/** The colours of a drawing in either theme: types as the model says, communities apart, scores as shades. Pure. */
export interface Paint {
  dark: boolean;
  paper: string;
  ink: string;
  quiet: string;
  line: string;
  /** Of links that nobody recorded. */
  likely: string;
}

export const paintOf = (dark: boolean): Paint =>
  dark
    ? { dark, paper: '#15151b', ink: '#f1f1f5', quiet: '#b9b9c6', line: '#4d4d60', likely: '#a09cff' }
    : { dark, paper: '#ffffff', ink: '#16161d', quiet: '#474754', line: '#b4b4c6', likely: '#4540c4' };

export const PLAIN = '#8a8a99';
const BRIGHT = 0.34;

const channels = (hex: string): [number, number, number] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];

/** `share` of the first colour in the second; colours are `#rrggbb`. */
export function mixed(over: string, under: string, share: number): string {
  const [a, b] = [channels(over), channels(under)];
  const part = (at: number): string => Math.round(a[at]! * share + b[at]! * (1 - share)).toString(16).padStart(2, '0');
  return `#${part(0)}${part(1)}${part(2)}`;
}

/** A type's colour as it is, or brighter by night; anything but `#rrggbb` is grey. */
export function typeColor(color: string, { dark }: Paint): string {
  const known = /^#[0-9a-f]{6}$/i.test(color) ? color : PLAIN;
  return dark ? mixed('#ffffff', known, BRIGHT) : known;
}

const APART = ['#4540c4', '#0f8b8d', '#c2479b', '#b7791f', '#2a93dc', '#6b8e23', '#8e44ad', '#c0562f', '#3d7a5b', '#5b5f78', '#a23b5b', '#1f6f9f'];

/** Communities that stand beside each other can be told apart; there are twelve colours, so far ones may share. */
export function communityColor(community: number | null | undefined, paint: Paint): string {
  if (community === null || community === undefined) return mixed(PLAIN, paint.paper, 0.55);
  return typeColor(APART[Math.abs(community) % APART.length]!, paint);
}

/** From hardly anything to the whole: pale to full, of risk towards red, else towards the accent. */
export function shadeOf(share: number | undefined, measure: string, paint: Paint): string {
  if (share === undefined) return mixed(PLAIN, paint.paper, 0.4);
  const full = measure === 'churn' ? (paint.dark ? '#ff605b' : '#c92f2f') : paint.dark ? '#a09cff' : '#4540c4';
  return mixed(full, paint.dark ? '#3a3a48' : '#cfcfdb', 0.08 + 0.92 * share);
}
