/** How files write days, told by the last day of a year. Pure. */
const PERSIAN = 'persian ';
const LAST_DAY: Record<string, string> = { Y: '2026', y: '26', m: '12', d: '31', b: 'Dec', B: 'December', H: '16', I: '04', M: '30', S: '05', p: 'PM', z: '+0000' };
const IN_PERSIAN: Record<string, string> = { ...LAST_DAY, Y: '1405', m: '10', d: '10' };

/** The ways that are offered; those without one are of the API: 2026-12-31. */
export const DATES = [
  '%d.%m.%Y', '%d/%m/%Y', '%m/%d/%Y', '%Y/%m/%d', '%d-%m-%Y', '%d.%m.%y', '%Y%m%d', '%Y-%m-%d %H:%M:%S', '%d.%m.%Y %H:%M', '%m/%d/%Y %H:%M',
  'persian %Y/%m/%d', 'persian %Y-%m-%d', 'persian %d/%m/%Y',
] as const;

export type Begins = 'day' | 'month' | 'year';

export interface WayOfDates {
  example: string;
  /** What stands first. */
  begins: Begins;
  persian: boolean;
}

const BEGINS: Record<string, Begins> = { d: 'day', m: 'month', b: 'month', B: 'month', Y: 'year', y: 'year' };

/** What a way of writing days looks like; null for one with codes that have no example. */
export function wayOf(format: string): WayOfDates | null {
  const persian = format.startsWith(PERSIAN);
  const codes = [...format.matchAll(/%(.)/g)].map(([, code = '']) => code);
  const parts = persian ? IN_PERSIAN : LAST_DAY;
  const begins = codes.map((code) => BEGINS[code]).find((each) => each !== undefined);
  if (!begins || codes.some((code) => !(code in parts))) return null;
  const text = persian ? format.slice(PERSIAN.length) : format;
  return { example: text.replace(/%(.)/g, (_, code: string) => parts[code] ?? ''), begins, persian };
}
