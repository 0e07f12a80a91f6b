import { describe, expect, it } from 'vitest';
import { decimal, integer } from '@/meta/kinds/number';

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
