import { describe, expect, it } from 'vitest';
import { BARE_END, BARE_RELATION } from '@/pages/model/draft';
import { apart } from '@/pages/model/apart';
import { CARD, layoutOf, nearest } from '@/pages/model/layout';
import { linesOf } from '@/pages/model/lines';

const NAMES = Array.from({ length: 24 }, (_, place) => `T${place}`);
const PULLS = NAMES.slice(1).map((name, place) => ({ from: name, to: NAMES[place % 5]! }));

describe('the model as a picture', () => {
  const spots = layoutOf(NAMES, PULLS);

  it('puts no card upon another', () => {
    const all = [...spots.values()];
    const touching = all.flatMap((a, place) =>
      all.slice(place + 1).filter((b) => Math.abs(a.x - b.x) < CARD.width + 20 && Math.abs(a.y - b.y) < CARD.height + 20),
    );
    expect(spots.size).toBe(24);
    expect(touching).toEqual([]);
  });

  it('is the same for the same model, in whatever order it comes', () => {
    expect(layoutOf([...NAMES].reverse(), [...PULLS].reverse())).toEqual(spots);
  });

  it('is walked with arrow keys to what lies that way', () => {
    const grid = new Map([['a', 0, 0], ['b', 300, 10], ['c', 0, 200], ['d', 900, 0]].map(([name, x, y]) => [String(name), { name: String(name), x: Number(x), y: Number(y) }]));
    expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'].map((key) => nearest(grid, 'a', key))).toEqual(['b', 'c', undefined, undefined]);
  });

  it('draws a line for each pair of types, and a loop where a type is linked to itself', () => {
    const end = (...types: string[]) => ({ ...BARE_END, types, field: 'x' });
    const relation = (name: string, source: string[], target: string[], symmetric = false) => ({
      ...BARE_RELATION, name, symmetric, state: 'kept' as const, fields: [], source: end(...source), target: end(...target),
    });
    const lines = linesOf([relation('A', ['T1', 'T2'], ['T3']), relation('B', ['T3'], ['T1']), relation('C', ['T4'], ['T4'], true)], spots);

    expect(lines.map(({ relation: name, from, to }) => [name, from, to])).toEqual([['A', 'T1', 'T3'], ['B', 'T3', 'T1'], ['A', 'T2', 'T3'], ['C', 'T4', 'T4']]);
    expect(lines[0]?.path).not.toBe(lines[1]?.path);
    expect(lines[3]?.path).toContain('C');
  });

  it('lets the words of no line cover those of another, nor a card', () => {
    const card = { name: 'a', x: 0, y: 0 };
    const crowd = Array.from({ length: 6 }, (_, place) => ({ x: place * 12 - 30, y: place * 3 - 6, text: 'is the boss of' }));
    const placed = apart(crowd, [card]);

    const covers = (one: { x: number; y: number }, other: { x: number; y: number }, wide: number, high: number) =>
      Math.abs(one.x - other.x) < wide && Math.abs(one.y - other.y) < high;
    expect(placed.filter((one, place) => placed.slice(place + 1).some((other) => covers(one, other, 80, 20)))).toEqual([]);
    expect(placed.filter((one) => covers(one, card, CARD.width / 2, CARD.height / 2))).toEqual([]);
    expect(apart([{ x: 500, y: 0, text: 'far away' }], [card])).toEqual([{ x: 500, y: 0, text: 'far away' }]);
  });
});
