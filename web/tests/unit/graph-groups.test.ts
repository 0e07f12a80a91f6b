import { describe, expect, it } from 'vitest';
import { folded, idOf, joined, membersOf, placeGroups, type Group } from '@/graph/groups';
import { sceneOf, type SceneLink, type SceneRecord } from '@/graph/scene';
import { EVERYTHING, shownOf } from '@/graph/showing';
import { exploreSearch } from '@/pages/explorer/address';

const record = (id: string, type = 'Person'): SceneRecord => ({ id, type, title: id.toUpperCase(), values: {} });
const link = (source: string, target: string, more: Partial<SceneLink> = {}): SceneLink => ({
  source, target, relation: 'KNOWS', weight: 1, count: 1, validFrom: null, validTo: null, ...more,
});
const named = (first: string, more: number): string => `${first}+${more}`;
const records = [record('a'), record('b'), record('c'), record('x', 'Company')];

function drawn(links: SceneLink[], groups: Group[], hidden: string[] = []) {
  const scene = sceneOf([{ records, links }]);
  return folded(scene, shownOf(scene, { ...EVERYTHING, hidden }, () => null, '2026-11-27'), groups, named);
}

describe('a group', () => {
  it('is one disc with the links of all of its members, and none among them', () => {
    const { scene, shown, groupOf } = drawn([link('a', 'b'), link('a', 'x', { weight: 2 }), link('b', 'x', { count: 3 }), link('x', 'c')], [{ ids: ['a', 'b'] }]);

    expect([...shown.records]).toEqual(['group a', 'c', 'x']);
    expect([...shown.links].map((key) => scene.links.get(key))).toEqual([link('group a', 'x', { weight: 3, count: 4 }), link('x', 'c')]);
    expect(scene.records.get('group a')).toMatchObject({ title: 'A+1', type: 'Person', members: ['a', 'b'] });
    expect(groupOf.get('b')).toBe('group a');
  });

  it('holds from the first beginning until the last end of its links', () => {
    const { scene } = drawn([link('a', 'x', { validFrom: '2020-01-01', validTo: '2030-01-01' }), link('b', 'x', { validFrom: '2019-01-01', validTo: '2031-01-01' })], [{ ids: ['a', 'b'] }]);

    expect([...scene.links.values()]).toMatchObject([{ validFrom: '2019-01-01', validTo: '2031-01-01' }]);
  });

  it('of records of several types has none of its own, and a name if it was given one', () => {
    const { scene } = drawn([], [{ ids: ['a', 'x'], name: 'Board' }]);

    expect(scene.records.get('group a')).toMatchObject({ title: 'Board', type: '' });
  });

  it('is not drawn while fewer than two of it are shown', () => {
    expect([...drawn([], [{ ids: ['a', 'b'] }], ['b']).shown.records]).toEqual(['a', 'c', 'x']);
  });

  it('keeps a loop of a record that is in none', () => {
    expect(drawn([link('c', 'c')], [{ ids: ['a', 'b'] }]).shown.links.size).toBe(1);
  });
});

describe('groups', () => {
  const board: Group = { ids: ['a', 'b'], name: 'Board' };

  it('take in others and keep their name; who leaves one for another is in the other only', () => {
    expect(joined([board], [idOf(board), 'c'])).toEqual([{ ids: ['a', 'b', 'c'], name: 'Board' }]);
    expect(joined([{ ids: ['a', 'b', 'c'] }], ['c', 'x'])).toEqual([{ ids: ['a', 'b'] }, { ids: ['c', 'x'] }]);
    expect(joined([board], ['b', 'x'])).toEqual([{ ids: ['b', 'x'] }]);
  });

  it('stand for their members', () => {
    expect(membersOf([idOf(board), 'b', 'x'], [board])).toEqual(['a', 'b', 'x']);
  });

  it('stand in the midst of their members, and where they were left later', () => {
    const { scene } = drawn([], [board]);
    const places = new Map([['a', { x: 0, y: 0 }], ['b', { x: 4, y: 2 }]]);

    placeGroups(scene, places);
    expect(places.get('group a')).toEqual({ x: 2, y: 1 });
    places.set('group a', { x: 9, y: 9 });
    placeGroups(scene, places);
    expect(places.get('group a')).toEqual({ x: 9, y: 9 });
  });

  it('are read out of an address, where they make sense', () => {
    const group = [{ ids: ['a', 'b'], name: 'Board' }, { ids: ['b', 'c'] }, { ids: ['x'] }, null, { ids: ['x', 'y', 'b'], name: 7 }];

    expect(exploreSearch({ group }).group).toEqual([board, { ids: ['x', 'y'] }]);
    expect(exploreSearch({ group: 'a' })).toEqual({});
  });
});
