import { describe, expect, it } from 'vitest';
import { dayOf, isDay, isoOf, typedDay, weeksOf, writtenDay } from '@/lib/calendar';

describe('days that are typed', () => {
  it.each([
    ['2026/11/24', 'gregory', '2026-11-24'],
    ['24.11.2026', 'gregory', '2026-11-24'],
    ['۱۴۰۵/۰۹/۰۳', 'persian', '2026-11-24'],
    ['1405-9-3', 'persian', '2026-11-24'],
    ['۱۴۰۳/۱۲/۳۰', 'persian', '2025-03-20'],
  ] as const)('%s in the calendar %s is %s', (text, calendar, day) => {
    expect(typedDay(text, calendar)).toBe(day);
  });

  it.each(['', '2026', '2026/13/01', '2026/02/30', 'soon'])('%j is none', (text) => {
    expect(typedDay(text, 'gregory')).toBeNull();
  });

  it('the thirtieth of the last month is none in a common Persian year', () => {
    expect(typedDay('1404/12/30', 'persian')).toBeNull();
  });

  it.each(['gregory', 'persian'] as const)('what is written in %s is read back', (calendar) => {
    expect(typedDay(writtenDay('2026-11-24', calendar), calendar)).toBe('2026-11-24');
    expect(isoOf(dayOf('2026-11-24', calendar))).toBe('2026-11-24');
  });

  it('only a day that there is counts as one', () => {
    expect(['2024-02-29', '2026-02-29', '2026/02/01', '2026-02', ''].filter(isDay)).toEqual(['2024-02-29']);
  });

  it('weeks begin on Saturday where they do', () => {
    const [first] = weeksOf(dayOf('2026-11-24', 'persian'), 'fa-IR');
    expect(new Date(`${isoOf(first!)}T00:00:00Z`).getUTCDay()).toBe(6);
  });
});
