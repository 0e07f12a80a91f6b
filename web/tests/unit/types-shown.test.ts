import { describe, expect, it } from 'vitest';
import { inSight } from '@/lib/typesShown';

const TYPES = ['Order', 'Region', 'Shipper', 'Supplier'].map((name) => ({ name }));
const COUNTS = { Order: 12, Region: 0, Shipper: 0, Supplier: 0 };
const names = (types: readonly { name: string }[]): string[] => types.map(({ name }) => name);

describe('types in the navigation', () => {
  it('wait behind a button when they have no records', () => {
    const { first, more } = inSight(TYPES, COUNTS, []);
    expect(names(first)).toEqual(['Order']);
    expect(names(more)).toEqual(['Region', 'Shipper', 'Supplier']);
  });

  it('stay in sight and in their order when they are shown or were just made', () => {
    const { first, more } = inSight([...TYPES, { name: 'Lorry' }], { ...COUNTS, Lorry: 0 }, ['Shipper']);
    expect(names(first)).toEqual(['Order', 'Shipper']);
    expect(names(more)).toEqual(['Region', 'Supplier', 'Lorry']);
  });

  it('are all in sight when few are bare, when all are, and when nothing is counted', () => {
    expect(inSight(TYPES, { ...COUNTS, Region: 1 }, []).more).toEqual([]);
    expect(inSight(TYPES, { ...COUNTS, Order: 0 }, []).more).toEqual([]);
    expect(inSight(TYPES, undefined, []).more).toEqual([]);
  });
});
