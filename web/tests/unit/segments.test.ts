import { describe, expect, it } from 'vitest';
import { conditionOf, profileOf, type FoundSegment } from '@/pages/segments/segments';

const trait = (difference: number) => ({ code: 'more_of', text: 'orders', facts: { difference } });
const segment = (...differences: number[]): FoundSegment => ({ name: 'orders', label: 'Orders', size: 1, share: 0.5, traits: differences.map(trait), typical: null });

describe('a found segment', () => {
  it('has bars on the scale of the farthest trait of all segments', () => {
    const [one, other] = [segment(1, -0.5), segment(-2)];
    expect(profileOf(one, [one, other]).map(({ share }) => share)).toEqual([0.5, -0.25]);
  });

  it('is picked out by its name, a quote in it written twice', () => {
    expect(conditionOf("Ann's")).toBe("insights.segments.segment = 'Ann''s'");
  });
});
