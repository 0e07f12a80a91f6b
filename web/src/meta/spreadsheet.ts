/** How values of records stand in a spreadsheet: as what it counts with, and as people read them. */
import { zoneOf, type Settings } from '@/lib/settings';
import { choiceLabel } from './model';
import type { Field } from './types';

export type Value = string | number | boolean | Date;
export type Cell = { value: Value; format?: string } | null;

const DAY = 'yyyy-mm-dd';
const MOMENT = 'yyyy-mm-dd hh:mm';

/** Numbers as numbers, money with its currency, days as days, moments in the zone of the reader, choices in words. */
export function cellOf(value: unknown, field: Field, reader: Settings): Cell {
  if (value === null || value === undefined) return null;
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'percent':
      return { value: Number(value) };
    case 'money': {
      const { amount, currency } = value as { amount: string; currency: string };
      return { value: Number(amount), format: moneyFormat(currency) };
    }
    case 'boolean':
      return { value: Boolean(value) };
    case 'date':
      return { value: new Date(String(value)), format: DAY };
    case 'dateTime':
      return { value: inZone(String(value), zoneOf(reader)), format: MOMENT };
    default:
      return { value: wordsOf(value, field, reader) };
  }
}

export const moneyFormat = (currency: string): string => `#,##0.00 [$${currency}]`;

function wordsOf(value: unknown, field: Field, { language }: Settings): string {
  if (field.kind === 'geoPoint') {
    const { latitude, longitude } = value as { latitude: number; longitude: number };
    return `${latitude}, ${longitude}`;
  }
  if (field.kind === 'relation') return (value as { nodes: { displayName: string }[] }).nodes.map((node) => node.displayName).join('; ');
  const inWords = (each: unknown): string => {
    const choice = field.options.choices?.find(({ value: chosen }) => chosen === each);
    return choice ? choiceLabel(choice, language) : String(each);
  };
  return (Array.isArray(value) ? value : [value]).map(inWords).join('; ');
}

/** A spreadsheet knows no zones: what its clock shows is what the reader's would. */
const inZone = (moment: string, timeZone: string): Date =>
  new Date(`${new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(new Date(moment)).replace(' ', 'T')}Z`);

const FORBIDDEN = /[\\/?*[\]:]/g;

/** A name without the signs that files and sheets may not have. */
export const fileName = (name: string): string => name.replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();

/** Names of sheets as Excel takes them: short, without its signs, each once. */
export function sheetNames(titles: readonly string[]): string[] {
  const used = new Set<string>();
  return titles.map((title) => {
    const plain = fileName(title).slice(0, 28) || '1';
    let name = plain;
    for (let copy = 2; used.has(name.toLowerCase()); copy++) name = `${plain.slice(0, 27)} ${copy}`;
    used.add(name.toLowerCase());
    return name;
  });
}
