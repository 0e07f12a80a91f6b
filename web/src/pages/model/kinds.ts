/** The kinds of field that can be chosen, with their signs and what each lets be set. */
import {
  IconAt, IconCalendar, IconCalendarClock, IconCircleDot, IconCoins, IconDecimal, IconHash, IconLetterCase, IconLink, IconListCheck, IconMapPin,
  IconPercentage, IconPhone, IconTextWrap, IconToggleLeft, type Icon,
} from '@tabler/icons-react';

export type Sort = 'whole' | 'decimal' | 'text' | 'day' | 'moment' | 'words';

export interface KindShown {
  sign: Icon;
  /** The options that are single values, and how each is typed. */
  options: Record<string, Sort>;
  choices?: true;
  sortable?: true;
  /** Whether full-text search can look into it. */
  searchable?: true;
  unique?: true;
}

const NUMBER: Record<string, Sort> = { min: 'decimal', max: 'decimal' };

export const KINDS: Record<string, KindShown> = {
  text: { sign: IconLetterCase, options: { maxLength: 'whole', minLength: 'whole', pattern: 'text' }, sortable: true, searchable: true, unique: true },
  longText: { sign: IconTextWrap, options: { maxLength: 'whole' }, searchable: true },
  choice: { sign: IconCircleDot, options: {}, choices: true, sortable: true },
  multiChoice: { sign: IconListCheck, options: {}, choices: true },
  boolean: { sign: IconToggleLeft, options: {} },
  date: { sign: IconCalendar, options: { min: 'day', max: 'day' }, sortable: true, unique: true },
  dateTime: { sign: IconCalendarClock, options: { min: 'moment', max: 'moment' }, sortable: true, unique: true },
  integer: { sign: IconHash, options: { min: 'whole', max: 'whole' }, sortable: true, unique: true },
  decimal: { sign: IconDecimal, options: { scale: 'whole', ...NUMBER }, sortable: true, unique: true },
  money: { sign: IconCoins, options: { currency: 'text', scale: 'whole', ...NUMBER }, sortable: true },
  percent: { sign: IconPercentage, options: { scale: 'whole', ...NUMBER }, sortable: true },
  email: { sign: IconAt, options: {}, sortable: true, searchable: true, unique: true },
  phone: { sign: IconPhone, options: { region: 'text' }, sortable: true, searchable: true, unique: true },
  url: { sign: IconLink, options: { schemes: 'words' }, searchable: true },
  geoPoint: { sign: IconMapPin, options: {} },
};

export const kindShown = (kind: string): KindShown => KINDS[kind] ?? { sign: IconLetterCase, options: {} };
