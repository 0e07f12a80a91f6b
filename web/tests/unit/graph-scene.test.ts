import { describe, expect, it } from 'vitest';
import { degrees, sceneOf, tally, type SceneLink, type SceneRecord } from '@/graph/scene';
import { radiusOf, sharesOf } from '@/graph/scores';
import { EVERYTHING, holds, shownOf, spanOf } from '@/graph/showing';
import { plainValues } from '@/graph/valueFilters';
import { uppermost } from '@/graph/signing';

const record = (id: string, type = 'Person', values: Record<string, unknown> = {}): SceneRecord => ({ id, type, title: id, values });
const link = (source: string, target: string, more: Partial<SceneLink> = {}): SceneLink => ({
  source, target, relation: 'KNOWS', weight: 1, count: 1, validFrom: null, validTo: null, ...more,
});
const day = ({ values }: SceneRecord): string | null => (typeof values.on === 'string' ? values.on : null);
const TODAY = '2026-11-26';

describe('a scene', () => {
  it('puts answers together, and leaves links without both ends out', () => {
    const scene = sceneOf([
      { records: [record('a'), record('b')], links: [link('a', 'b'), link('a', 'gone')] },
      { records: [record('c'), record('a', 'Person', { name: 'new' })], links: [link('c', 'a'), link('a', 'b', { weight: 9 })] },
    ]);

    expect([...scene.records.keys()]).toEqual(['a', 'b', 'c']);
    expect(scene.records.get('a')?.values.name).toBe('new');
    expect([...scene.links.values()].map(({ source, target, weight }) => [source, target, weight])).toEqual([['a', 'b', 9], ['c', 'a', 1]]);
  });

  it('counts parallel links and each end once', () => {
    expect([...degrees([link('a', 'b', { count: 3 }), link('a', 'a')])]).toEqual([['a', 4], ['b', 3]]);
    expect(tally(['x', 'y', 'y'])).toEqual([['y', 2], ['x', 1]]);
  });
});

describe('what is shown', () => {
  const scene = sceneOf([{
    records: [record('a', 'Company', { status: 'customer' }), record('b', 'Company', { status: 'lost' }), record('c'), record('d', 'Order', { on: '2026-01-05' })],
    links: [link('a', 'c', { validTo: '2025-01-01T00:00:00Z', relation: 'EMPLOYS' }), link('b', 'c'), link('a', 'd')],
  }]);

  it('leaves out types, relations, hidden records and links that are over', () => {
    const all = shownOf(scene, EVERYTHING, day, TODAY);
    const less = shownOf(scene, { ...EVERYTHING, typesOff: ['Order'], hidden: ['b'], relationsOff: ['KNOWS'] }, day, TODAY);

    expect([all.records.size, [...all.links]]).toEqual([4, ['KNOWS b c', 'KNOWS a d']]);
    expect([[...less.records], less.links.size]).toEqual([['a', 'c'], 0]);
  });

  it('goes back in time by the validity of links and the days of records', () => {
    const then = shownOf(scene, { ...EVERYTHING, day: '2024-06-01' }, day, TODAY);

    expect([...then.records]).toEqual(['a', 'b', 'c']);
    expect([...then.links]).toEqual(['EMPLOYS a c', 'KNOWS b c']);
    expect(spanOf(scene, day)).toEqual(['2025-01-01', '2026-01-05']);
    expect(spanOf(sceneOf([]), day)).toBeNull();
  });

  it('keeps only records with a value, and on demand only those with links', () => {
    const values = [{ type: 'Company', field: 'status', values: ['customer'] }];

    const some = shownOf(scene, { ...EVERYTHING, values, onlyLinked: true }, day, TODAY);

    expect([...some.records]).toEqual(['a', 'd']);
    expect(plainValues(['x', null, { amount: 1 }, true])).toEqual(['x', 'true']);
  });

  it('ends a link at the moment that it ends', () => {
    const spell = { validFrom: '2025-01-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z' };

    expect(['2024-12-31', '2025-01-01', '2025-12-30', '2026-01-01'].map((at) => holds(spell, at))).toEqual([false, true, true, false]);
  });
});

describe('measures', () => {
  it('are shares, with degrees by their logarithm', () => {
    const shares = sharesOf('degree', ['a', 'b', 'c'], new Map([['a', 99], ['b', 9]]), new Map());

    expect([shares.get('a'), shares.get('b'), shares.get('c')].map((each) => each?.toFixed(2))).toEqual(['1.00', '0.50', '0.00']);
  });

  it('leave out who has no score, and draw it smallest', () => {
    const scores = new Map([['a', { influence: null, churn: 1.4, strength: null, community: 2 }]]);

    expect([...sharesOf('churn', ['a', 'b'], new Map(), scores)]).toEqual([['a', 1]]);
    expect([radiusOf(undefined, 10), radiusOf(1, 10), radiusOf(1, 20_000)]).toEqual([6, 20, 6]);
  });
});

describe('the signs of types', () => {
  it('are not seen through a disc that lies above', () => {
    const disc = (x: number, size: number) => ({ x, y: 0, size });
    const [low, small, apart, high] = [disc(0, 10), disc(60, 4), disc(100, 10), disc(6, 9)];
    expect(uppermost([low, small, apart, high])).toEqual([apart, high]);
  });
});
