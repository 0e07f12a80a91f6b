import { describe, expect, it } from 'vitest';
import { arranged, neighboursOf } from '@/graph/layouts';
import { grouped } from '@/graph/layouts/grouped';
import { layered } from '@/graph/layouts/layered';
import { radial } from '@/graph/layouts/radial';

const link = (source: string, target: string) => ({ source, target, relation: 'R', weight: 1, count: 1, validFrom: null, validTo: null });
const far = (place: { x: number; y: number } | undefined): number => Math.round(Math.hypot(place!.x, place!.y));

describe('rings', () => {
  it('stand one link further out each, whoever nothing leads to at the rim', () => {
    const places = radial(['a', 'b', 'c', 'lonely'], neighboursOf([link('a', 'b'), link('b', 'c')]), 'a');

    expect(['a', 'b', 'c'].map((id) => far(places.get(id)))).toEqual([0, 100, 200]);
    expect(far(places.get('lonely'))).toBeGreaterThan(200);
  });

  it('begin at the busiest where nobody is named, and of nobody are nothing', () => {
    const places = radial(['x', 'hub', 'y'], neighboursOf([link('hub', 'x'), link('y', 'hub')]), undefined);

    expect(far(places.get('hub'))).toBe(0);
    expect(radial([], new Map(), undefined).size).toBe(0);
  });

  it('give a crowd a wider ring', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `n${at}`);

    const places = radial(['c', ...ids], neighboursOf(ids.map((id) => link('c', id))), 'c');

    expect(far(places.get('n7'))).toBeGreaterThan(400);
    expect(new Set([...places.values()].map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`)).size).toBe(201);
  });
});

describe('layers', () => {
  it('follow the arrows down', () => {
    const places = layered(['a', 'b', 'c', 'd'], [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('a', 'd')]);

    expect(['a', 'b', 'c', 'd'].map((id) => places.get(id)!.y)).toEqual([-0, -130, -260, -130]);
  });

  it('come to an end where arrows run in a ring', () => {
    const places = layered(['a', 'b', 'c'], [link('a', 'b'), link('b', 'c'), link('c', 'a'), link('a', 'a')]);

    expect(new Set([...places.values()].map(({ y }) => y)).size).toBe(3);
  });
});

describe('groups', () => {
  it('are discs that do not touch, the largest in the middle', () => {
    const ids = Array.from({ length: 60 }, (_, at) => `n${at}`);
    const groupOf = (id: string): string => (Number(id.slice(1)) < 40 ? 'many' : Number(id.slice(1)) < 55 ? 'some' : 'few');

    const places = grouped(ids, groupOf);

    const near = (a: string, b: string): number => Math.hypot(places.get(a)!.x - places.get(b)!.x, places.get(a)!.y - places.get(b)!.y);
    const apart = ids.flatMap((a) => ids.filter((b) => groupOf(a) !== groupOf(b)).map((b) => near(a, b)));
    expect(far(places.get('n0'))).toBeLessThan(20);
    expect(Math.min(...apart)).toBeGreaterThan(22);
  });

  it('are asked for by name', () => {
    const asked = { ids: ['a', 'b'], links: [link('a', 'b')], middle: 'b', typeOf: (id: string) => id, communityOf: () => '1' };

    expect(far(arranged('radial', asked).get('b'))).toBe(0);
    expect(arranged('types', asked).size).toBe(2);
    expect(arranged('communities', asked).size).toBe(2);
    expect(arranged('layered', asked).get('b')!.y).toBe(-130);
  });
});
