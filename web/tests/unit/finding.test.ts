import { describe, expect, it } from 'vitest';
import { fits } from '@/lib/finding';

describe('what is typed', () => {
  it('finds a name by its words, whatever stands between them and in whatever order', () => {
    expect(fits('New: Company', 'new comp')).toBe(true);
    expect(fits('Churn & influence', 'influence churn')).toBe(true);
    expect(fits('New: Company', 'new person')).toBe(false);
    expect(fits('Segments', '  ')).toBe(true);
  });

  it('makes no difference of Arabic and Persian letters, of the joiner and of signs over letters', () => {
    expect(fits('کاوشگر گراف', 'كاوشگر')).toBe(true);
    expect(fits('نرم‌افزاری', 'نرمافزاري')).toBe(true);
    expect(fits('Счёт', 'счет')).toBe(true);
  });

  it('needs the letters that were typed, and none of the signs', () => {
    expect(fits('Segments', '&')).toBe(true);
    expect(fits('Segments', '&x')).toBe(false);
  });
});
