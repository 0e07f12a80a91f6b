/** Numbers, money, days and moments as the reader writes them; the only place that decides locale, digits and calendar. */
import { calendarOf, zoneOf, type Settings } from './preferences';

const REGION = { en: 'en-GB', ru: 'ru-RU', fa: 'fa-IR' } as const;
const DAY_MS = 86_400_000;

/** The BCP 47 tag that carries language, calendar and digits. */
export function tagOf(chosen: Settings): string {
  return `${REGION[chosen.language]}-u-ca-${calendarOf(chosen)}-nu-${digitsOf(chosen)}`;
}

const digitsOf = ({ digits, language }: Settings): 'arabext' | 'latn' => (digits === 'auto' ? (language === 'fa' ? 'arabext' : 'latn') : digits);

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';

const inDigits = (text: string, digits: 'arabext' | 'latn'): string =>
  digits === 'arabext'
    ? text.replace(/(\d)\.(?=\d)/g, '$1٫').replace(/\d/g, (digit) => PERSIAN.charAt(Number(digit)))
    : text.replace(/[۰-۹]/g, (digit) => String(PERSIAN.indexOf(digit))).replaceAll('٫', '.').replaceAll('٬', ',').replaceAll('٪', '%');

export interface Money {
  amount: string;
  currency: string;
}

export interface Format {
  tag: string;
  number(value: number | string, digits?: number): string;
  /** A number with its sign, for differences. */
  signed(value: number, digits?: number): string;
  compact(value: number): string;
  /** A share between 0 and 1. */
  percent(value: number, digits?: number): string;
  money(value: Money, short?: boolean): string;
  /** A number that names something: never grouped. */
  plain(value: number): string;
  /** `2026-11-24`, whatever the time zone. */
  day(iso: string, style?: 'short' | 'long'): string;
  moment(iso: string): string;
  /** The hour of a moment: `16:30`. */
  hour(iso: string): string;
  /** Days of the calendar between now and then, in words. */
  ago(iso: string, now?: Date): string;
  month(iso: string): string;
  /** Names one after another, each in its own direction. */
  list(names: readonly string[]): string;
  /** What stands in a field that is typed into: the same text in the reader's digits. */
  typed(text: string): string;
  /** A sentence of the server, which is in the digits of its language, in those that the reader chose. */
  said(text: string): string;
}

type Options = Intl.NumberFormatOptions;

export function formatOf(chosen: Settings): Format {
  const tag = tagOf(chosen);
  const timeZone = zoneOf(chosen);
  const numbers = new Map<string, Intl.NumberFormat>();
  const written = (value: number | string, options: Options): string => {
    const key = JSON.stringify(options);
    const format = numbers.get(key) ?? new Intl.NumberFormat(tag, options);
    numbers.set(key, format);
    // a decimal in text stays exact: Intl reads it digit by digit
    return format.format(value as number);
  };
  const short = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const hours = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone });
  const months = new Intl.DateTimeFormat(tag, { month: 'short', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'long' });
  const zoned = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });

  function money(value: Money, brief = false): string {
    const compact: Options = brief ? { notation: 'compact', maximumFractionDigits: 1 } : {};
    // the pattern of compact Persian currency puts the sign inside the words; digits alone have no direction of their own
    const digits = new Intl.NumberFormat(tag, { style: 'currency', currency: value.currency }).resolvedOptions().maximumFractionDigits ?? 2;
    const exact: Options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    if (chosen.language === 'fa') return `\u200f${written(value.amount, brief ? compact : exact)}\u00a0${sign(value.currency, tag)}`;
    const style: Options = { style: 'currency', currency: value.currency, currencyDisplay: 'narrowSymbol' };
    return written(value.amount, { ...style, ...compact, ...(brief ? {} : { maximumFractionDigits: 2 }) });
  }

  return {
    tag,
    number: (value, digits = 2) => written(value, { maximumFractionDigits: digits }),
    signed: (value, digits = 0) => written(value, { signDisplay: 'exceptZero', maximumFractionDigits: digits }),
    compact: (value) => written(value, { notation: 'compact', maximumFractionDigits: 1 }),
    percent: (value, digits = 0) => written(value, { style: 'percent', maximumFractionDigits: digits }),
    money,
    plain: (value) => written(value, { useGrouping: false }),
    day: (iso, style = 'short') => plainly(style === 'short' ? short : long, new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    moment: (iso) => plainly(moments, new Date(iso)),
    hour: (iso) => hours.format(new Date(iso)),
    ago: (iso, now = new Date()) => relativeDays(daysBetween(iso, now, zoned), relative),
    month: (iso) => months.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    list: (names) => names.map((name) => `\u2068${name}\u2069`).join(chosen.language === 'fa' ? '، ' : ', '),
    typed: (text) => inDigits(text, digitsOf(chosen)),
    said: (text) => (digitsOf(chosen) === digitsOf({ ...chosen, digits: 'auto' }) ? text : inDigits(text, digitsOf(chosen))),
  };
}

/** Without the era, which some locales write behind years of calendars that are not theirs: the month says whose it is. */
function plainly(format: Intl.DateTimeFormat, moment: Date): string {
  const parts = format.formatToParts(moment);
  const era = parts.findIndex((part) => part.type === 'era');
  return parts.map(({ value }, place) => (place === era ? '' : place === era - 1 ? value.trimEnd() : value)).join('');
}

function daysBetween(iso: string, now: Date, zoned: Intl.DateTimeFormat): number {
  const day = iso.length === 10 ? iso : zoned.format(new Date(iso));
  return Math.round((Date.parse(day) - Date.parse(zoned.format(now))) / DAY_MS);
}

function relativeDays(days: number, format: Intl.RelativeTimeFormat): string {
  const size = Math.abs(days);
  if (size < 45) return format.format(days, 'day');
  if (size < 540) return format.format(Math.round(days / 30.44), 'month');
  return format.format(Math.round(days / 365.25), 'year');
}

function sign(currency: string, tag: string): string {
  const parts = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return parts.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
}
