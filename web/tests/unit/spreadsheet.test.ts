import { describe, expect, it } from 'vitest';
import { settings, type Settings } from '@/lib/settings';
import { cellOf } from '@/meta/spreadsheet';
import type { Field } from '@/meta/types';

const reader: Settings = { ...settings(), language: 'ru', timeZone: 'Asia/Tehran' };
const of = (kind: string, options: Field['options'] = {}): Field => ({
  name: 'x', kind, options, required: false, unique: false, readOnly: false, searchable: false, isList: false, default: null, help: null, en: 'X', ru: 'X', fa: 'X',
});

describe('a value in a spreadsheet', () => {
  it('is what a spreadsheet counts with', () => {
    expect(cellOf({ amount: '8526.769', currency: 'USD' }, of('money'), reader)).toEqual({ value: 8526.769, format: '#,##0.00 [$USD]' });
    expect(cellOf('2026-11-13', of('date'), reader)).toEqual({ value: new Date('2026-11-13T00:00:00Z'), format: 'yyyy-mm-dd' });
    expect(cellOf('12.50', of('decimal'), reader)).toEqual({ value: 12.5 });
    expect(cellOf(null, of('money'), reader)).toBeNull();
  });

  it('keeps the hour of the reader', () => {
    expect(cellOf('2026-11-26T22:15:00Z', of('dateTime'), reader)).toEqual({ value: new Date('2026-11-27T01:45:00Z'), format: 'yyyy-mm-dd hh:mm' });
  });

  it('says choices in the words of the reader', () => {
    const choices = [
      { value: 'web', labels: { ru: { other: 'сайт' } } },
      { value: 'field', labels: { ru: { other: 'визит' } } },
    ];

    expect(cellOf(['web', 'field'], of('multiChoice', { choices }), reader)).toEqual({ value: 'сайт; визит' });
  });
});
