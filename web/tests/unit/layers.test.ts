import { describe, expect, it } from 'vitest';
import { layersOf } from '@/charts/layers';

const step = (id: string) => ({ id, title: id, type: 'Company' });
/** What the name under a stop of the last column takes. */
const NAMED = 24;
const PATHS = [
  { steps: [step('a'), step('b'), step('me')], weight: 0.3 },
  { steps: [step('c'), step('b'), step('me')], weight: 0.2 },
  { steps: [step('d'), step('me')], weight: 0.1 },
];

describe('paths drawn as streams', () => {
  const { columns, stops, flows } = layersOf(PATHS, 300);
  const stop = (id: string) => stops.find((each) => each.id === id)!;

  it('all end in the last column', () => {
    expect([columns, stop('me').column, stop('d').column, stop('a').column]).toEqual([3, 2, 1, 0]);
  });

  it('a record that several paths share stands once and carries all of them', () => {
    expect(stops.filter((each) => each.id === 'b')).toHaveLength(1);
    expect(stop('b').weight).toBeCloseTo(0.5);
    expect(stop('me').weight).toBeCloseTo(0.6);
  });

  it('streams that reach one record lie side by side inside it', () => {
    const into = flows.filter((flow) => flow.to.id === 'me').sort((a, b) => a.y1 - b.y1);
    for (const [place, flow] of into.slice(1).entries()) {
      const before = into[place]!;
      expect(flow.y1 - before.y1).toBeCloseTo((flow.thick + before.thick) / 2);
    }
    expect(stops.every((each) => each.y >= 0 && each.y + each.height + NAMED <= 300)).toBe(true);
  });
});
