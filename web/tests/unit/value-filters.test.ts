import { describe, expect, it } from 'vitest';
import type { SceneRecord } from '@/graph/scene';
import { isAsked, passes, type ValueFilter } from '@/graph/valueFilters';

const record = (value: unknown, type = 'T'): SceneRecord => ({ id: 'a', type, title: 'A', values: { f: value } });
const nextDay = (moment: string): string => (moment.slice(11, 13) === '23' ? '2026-01-02' : moment.slice(0, 10));
const kept = (values: readonly unknown[], filter: Partial<ValueFilter>): unknown[] =>
  values.filter((value) => passes(record(value), { type: 'T', field: 'f', values: [], ...filter }, nextDay));

describe('a filter of a drawing by a field', () => {
  it('keeps numbers between two bounds, both inside, and drops what has none', () => {
    expect(kept([1, '2.5', 10, null, 'x'], { from: '2', to: '10' })).toEqual(['2.5', 10]);
    expect(kept([-5, 0, '900000000000'], { to: '0' })).toEqual([-5, 0]);
  });

  it('compares amounts of one currency', () => {
    const [euros, roubles] = [{ amount: '12.50', currency: 'EUR' }, { amount: '1000.00', currency: 'RUB' }];
    expect(kept([euros, roubles, null], { from: '10', currency: 'EUR' })).toEqual([euros]);
    expect(kept([euros, roubles], { from: '10' })).toEqual([euros, roubles]);
  });

  it('keeps days, and moments by the day that it is where the reader is', () => {
    expect(kept(['2025-12-31', '2026-01-01', null], { from: '2026-01-01' })).toEqual(['2026-01-01']);
    expect(kept(['2026-01-01T10:00:00Z', '2026-01-01T23:00:00Z'], { to: '2026-01-01' })).toEqual(['2026-01-01T10:00:00Z']);
  });

  it('finds a part of a text without case and accents, in any entry of a list', () => {
    expect(kept(['شركت كيان', 'شرکت دیگر'], { text: 'کیان' })).toEqual(['شركت كيان']);
    expect(kept(['München', 'Berlin', null, ['x', 'Munchhausen']], { text: 'munch' })).toEqual(['München', ['x', 'Munchhausen']]);
  });

  it('leaves records of other types, and those whose value is not at hand yet', () => {
    const filter = { type: 'T', field: 'f', values: ['x'] };
    expect(passes(record('y', 'U'), filter, nextDay)).toBe(true);
    expect(passes(record(undefined), filter, nextDay)).toBe(true);
    expect(passes(record(null), filter, nextDay)).toBe(false);
  });

  it('asks for nothing until it has a bound, a text or a value', () => {
    const none: ValueFilter = { type: 'T', field: 'f', values: [], currency: 'EUR' };
    expect([isAsked(none), isAsked({ ...none, to: '1' }), isAsked({ ...none, text: 'a' }), isAsked({ ...none, values: ['x'] })]).toEqual([false, true, true, true]);
  });
});
