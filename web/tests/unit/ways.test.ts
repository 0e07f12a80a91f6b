import { describe, expect, it } from 'vitest';
import { drawnWays, linesOf } from '@/charts/ways';
import type { EntityType, Model } from '@/meta/model';
import { agesOf, agesQuery, heldSince, stepKey } from '@/pages/paths/ages';
import { pathSearch } from '@/pages/paths/asked';
import type { Found } from '@/pages/paths/ways';

const record = (id: string, type = 'Person') => ({ id, title: id, type });
const WAYS = [
  { records: [record('me'), record('a'), record('you')] },
  { records: [record('me'), record('b'), record('a'), record('you')] },
  { records: [record('me'), record('you')] },
];

describe('ways drawn side by side', () => {
  const { height, spots, legs } = drawnWays(WAYS, 600, 100);
  const spot = (id: string) => spots.find((each) => each.id === id)!;

  it('begin and end in the middle, at the edges', () => {
    expect([spot('me').x, spot('you').x]).toEqual([76, 524]);
    expect([spot('me').y, spot('you').y]).toEqual([height / 2, height / 2]);
  });

  it('have a lane only where they lead over records of their own', () => {
    expect(height).toBe(200);
    expect([spot('a').y, spot('b').y]).toEqual([50, 150]);
    expect(spot('a').x).toBeCloseTo(76 + 448 * ((1 / 2 + 2 / 3) / 2));
  });

  it('share a record and a link, which is drawn once', () => {
    expect(spots).toHaveLength(4);
    expect(legs.find(({ key }) => key === 'a you')?.ways).toEqual([{ way: 0, step: 1 }, { way: 1, step: 2 }]);
  });

  it('write a long name in two lines', () => {
    expect(linesOf('Cedar & Vale Trading House', 12)).toEqual(['Cedar & Vale', 'Trading Hou…']);
    expect(linesOf('Short', 12)).toEqual(['Short']);
    expect(linesOf('Unbreakablename', 8)).toEqual(['Unbreak…']);
  });
});

const words = { en: '', ru: '', fa: '' };
const side = (name: string, relation: string, types: string[]) => ({ name, relation, direction: 'out' as const, types, most: null, ...words });
const person = { name: 'Person', one: 'person', relations: [side('jobs', 'WORKS_AT', ['Company']), side('friends', 'KNOWS', ['Person'])] };
const relation = (name: string, validity: 'NONE' | 'OVERLAPS') => ({ name, validity, symmetric: false, repeatable: false, source: { field: '', types: [] }, target: { field: '', types: [] }, fields: [], ...words });
const MODEL: Model = { version: 1, types: [person as EntityType], relations: [relation('WORKS_AT', 'OVERLAPS'), relation('KNOWS', 'NONE')] };
const way = (relations: string[]): Found => ({
  records: [record('ann'), record('acme', 'Company')],
  steps: [{ source: 'ann', target: 'acme', relations, strength: null, cost: null }],
  strength: null, cost: null, weakest: null, ask: null, introducer: null,
});

describe('since when the links of a way hold', () => {
  it('is asked along the relations that can join the two, of a link with a time by that', () => {
    expect(agesQuery([way([])], MODEL, '')).toEqual({
      query: 'query Ages($s0: ID!, $t0: ID!) { r0: person(id: $s0) { jobs(where: { node: { id: { eq: $t0 } } }, first: 1) { edges { link { id validFrom } } } } }',
      variables: { s0: 'ann', t0: 'acme' },
      about: { r0: { step: 'ann acme', sides: { jobs: { relation: 'WORKS_AT', since: 'validFrom' } } } },
    });
  });

  it('is not asked where nothing can join them', () => {
    expect(agesQuery([way(['OWNS'])], MODEL, '')).toBeNull();
  });

  it('is the day of its youngest link, and unknown where that of one is', () => {
    const about = { r0: { step: stepKey('ann', 'acme'), sides: { jobs: { relation: 'WORKS_AT', since: 'validFrom' } } } };
    const told = { r0: { jobs: { edges: [{ link: { validFrom: '2020-05-01' } }] } } };
    expect(heldSince(way([]), agesOf(told, about))).toBe('2020-05-01');
    expect(heldSince(way([]), {})).toBeNull();
  });
});

describe('the address of the path finder', () => {
  it('keeps what it understands and drops the rest', () => {
    const given = { from: 'a', to: 'b', by: 'strongest', first: 5, hops: 99, via: ['KNOWS', 3], asOf: 'yesterday', costs: { KNOWS: 2, OWNS: -1 } };
    expect(pathSearch(given)).toEqual({ from: 'a', to: 'b', by: 'strongest', first: 5, via: ['KNOWS'], costs: { KNOWS: 2 } });
  });
});
