import { describe, expect, it } from 'vitest';
import { formatOf } from '@/lib/format';
import type { Settings } from '@/lib/settings';

const chosen: Settings = { language: 'en', theme: 'system', calendar: 'auto', digits: 'auto', timeZone: 'Asia/Tehran', density: 'comfortable' };
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u200e\u200f]/g, '');

describe('what a reader sees', () => {
  it('keeps every digit of an exact amount', () => {
    expect(plain(formatOf(chosen).money({ amount: '9007199254740993.25', currency: 'EUR' }))).toBe('€9,007,199,254,740,993.25');
  });

  it('is a day of the Persian calendar in Persian digits', () => {
    const persian = formatOf({ ...chosen, language: 'fa' });
    expect(plain(persian.day('2026-11-24', 'long'))).toContain('۱۴۰۵');
    expect(plain(persian.day('2026-11-24', 'long'))).toContain('آذر');
  });

  it('follows the calendar and the digits that were chosen, whatever the language', () => {
    const mixed = formatOf({ ...chosen, calendar: 'persian', digits: 'latn' });
    expect(mixed.day('2026-11-24', 'long')).toBe('3 Azar 1405');
    expect(mixed.moment('2026-11-24T09:30:00Z')).toBe('3 Azar 1405, 13:00');
    expect(plain(formatOf({ ...chosen, language: 'ru', calendar: 'persian' }).day('2026-11-24'))).toBe('3 азер 1405 г.');
  });

  it('writes money in Persian with its sign behind the words', () => {
    expect(plain(formatOf({ ...chosen, language: 'fa' }).money({ amount: '4800000', currency: 'EUR' }, true))).toBe('۴٫۸ میلیون €');
  });

  it('is typed and told in the digits that were chosen', () => {
    const persian = formatOf({ ...chosen, language: 'fa' });
    expect(persian.typed('1405/09/03')).toBe('۱۴۰۵/۰۹/۰۳');
    expect(persian.typed('-12.50')).toBe('-۱۲٫۵۰');
    expect(persian.said('خطر رفتن ۴۶٪ (No. 4)')).toBe('خطر رفتن ۴۶٪ (No. 4)');
    expect(formatOf({ ...chosen, language: 'fa', digits: 'latn' }).said('خطر ۱٬۲۳۴٫۵ و ۴۶٪')).toBe('خطر 1,234.5 و 46%');
    expect(formatOf(chosen).said('No. ۴')).toBe('No. ۴');
  });

  it('counts days of the calendar where the reader is, not hours', () => {
    const now = new Date('2026-11-24T21:00:00Z'); // half past midnight in Tehran
    expect(formatOf(chosen).ago('2026-11-24T20:00:00Z', now)).toBe('yesterday');
    expect(formatOf(chosen).ago('2026-11-25', now)).toBe('today');
  });
});
