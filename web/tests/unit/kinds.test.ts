import { describe, expect, it } from 'vitest';
import { kindOf } from '@/meta/kinds';
import { date, dateTime } from '@/meta/kinds/date';
import { decimal, integer } from '@/meta/kinds/number';
import type { Field } from '@/meta/types';

describe('a day that was typed', () => {
  it('goes where it is one, and is no value otherwise', () => {
    expect(date.sent('2026-11-24')).toBe('2026-11-24');
    expect(date.sent('')).toBeNull();
    expect(date.sent('2026-02-30')).toBeUndefined();
    expect(dateTime.sent('2026-11-24T08:30:00.000Z')).toBe('2026-11-24T08:30:00.000Z');
    expect(dateTime.sent('2026')).toBeUndefined();
  });
});

describe('a number that was typed', () => {
  it('goes as a number while that is exact, and as its digits beyond', () => {
    expect(integer.sent?.('1 200')).toBe(1200);
    expect(integer.sent?.('9007199254740991')).toBe(9007199254740991);
    expect(integer.sent?.('9007199254740993')).toBe('9007199254740993');
    expect(integer.sent?.('−12')).toBeUndefined();
    expect(integer.sent?.('')).toBeNull();
  });

  it('keeps every digit of a decimal', () => {
    expect(decimal.sent?.('9999999999999999.99')).toBe('9999999999999999.99');
  });
});

describe('an amount of money', () => {
  const amount = (options: Field['options']) => kindOf({ name: 'amount', kind: 'money', options } as Field);

  it('is added up where all of them are of one currency', () => {
    expect(amount({ currency: 'EUR' }).total?.name).toBe('sum');
    expect(amount({}).total).toBeUndefined();
    expect(amount({}).Editor).toBe(amount({ currency: 'EUR' }).Editor);
  });
});
