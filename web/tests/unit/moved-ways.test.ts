import { expect, test } from 'vitest';
import { layersOf } from '@/charts/layers';
import { keyOf, sidesOf, type MovedWay } from '@/pages/workbench/movedWays';

const gone: MovedWay = { records: ['a', 'x'], before: 0.3, after: null };
const came: MovedWay = { records: ['b', 'x'], before: null, after: 0.1 };
const grew: MovedWay = { records: ['c', 'x'], before: 0.2, after: 0.25 };

test('each side has the ways that its run had, the strongest first', () => {
  const { before, after } = sidesOf([came, grew, gone]);

  expect(before.map(keyOf)).toEqual(['a x', 'c x']);
  expect(after.map(keyOf)).toEqual(['c x', 'b x']);
});

test('both are drawn to the scale of the fuller side', () => {
  const { total } = sidesOf([came, grew, gone]);
  const thick = (before: number, scale?: number): number =>
    layersOf([{ steps: [{ id: 'a', title: 'A', type: '' }, { id: 'x', title: 'X', type: '' }], weight: before }], 200, scale).flows[0]!.thick;

  expect(total).toBeCloseTo(0.5);
  expect(thick(0.25, total)).toBeCloseTo(thick(0.25) / 2);
  expect(thick(0.25, total) / thick(0.5, total)).toBeCloseTo(0.5);
});

test('without ways there is nothing to draw', () => {
  expect(sidesOf([])).toEqual({ before: [], after: [], total: 0 });
});
