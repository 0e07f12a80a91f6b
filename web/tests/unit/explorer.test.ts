import { describe, expect, it } from 'vitest';
import { exploreSearch, plus, showingOf, toggled, withoutNothing } from '@/pages/explorer/address';
import { dayAfter, daysBetween } from '@/pages/explorer/days';
import { bodyFrom, bodyOf } from '@/pages/explorer/scenes';
import { pairsOf, stepsOf } from '@/pages/explorer/steps';

describe('the address of the explorer', () => {
  it('takes one id or many, and leaves out what it does not understand', () => {
    expect(exploreSearch({ whole: '2000' })).toEqual({ whole: 2000 });
    expect(exploreSearch({ whole: 999_999 })).toEqual({});
    expect(exploreSearch({ from: 'a', layout: 'radial', day: 'soon', hops: '9', junk: 1 })).toEqual({ from: ['a'], layout: 'radial' });
    expect(exploreSearch({ from: ['a', 'a', 3], hops: 3, linked: true, value: { type: 'T', field: 'f', values: ['x'] } })).toEqual({
      from: ['a'], hops: 3, linked: true, value: [{ type: 'T', field: 'f', values: ['x'] }],
    });
  });

  it('takes bounds that are days or numbers, one filter for a field, and no more', () => {
    const bounds = { type: 'T', field: 'f', from: '2026-01-01', to: 'soon', text: 5, values: 'a' };
    const amounts = { type: 'T', field: 'g', from: '-1.5', to: '1e9', currency: 'EUR' };

    expect(exploreSearch({ value: [bounds, amounts, { type: 'T' }, null, { ...amounts, to: '9' }] }).value).toEqual([
      { type: 'T', field: 'f', values: ['a'], from: '2026-01-01' },
      { type: 'T', field: 'g', values: [], from: '-1.5', to: '9', currency: 'EUR' },
    ]);
  });

  it('says nothing of what is as it is anyway', () => {
    expect(withoutNothing({ from: ['a'], off: [], pick: undefined })).toEqual({ from: ['a'] });
    expect(toggled(toggled(undefined, 'A'), 'A')).toEqual([]);
    expect(plus(['a'], 'a', 'b')).toEqual(['a', 'b']);
    expect(showingOf({ off: ['T'], day: '2026-01-01' })).toMatchObject({ typesOff: ['T'], day: '2026-01-01', onlyLinked: false });
  });

  it('is made of steps, each a question of its own', () => {
    expect(stepsOf({ from: ['a'], grow: ['b', 'c KNOWS'] })).toEqual([
      { ids: ['a'], hops: 1, most: 60 },
      { ids: ['b'], hops: 1, most: 41 },
      { ids: ['c'], hops: 1, most: 41, relations: ['KNOWS'] },
    ]);
    expect(stepsOf({ from: ['a', 'b'] })).toEqual([{ ids: ['a', 'b'], hops: 1, most: 200 }]);
    expect(stepsOf({})).toEqual([]);
    expect(stepsOf({ whole: 20_000, from: ['a'] })).toEqual([{ ids: [], hops: 0, most: 20_000 }, { ids: ['a'], hops: 1, most: 60 }]);
    expect(pairsOf({ ways: ['a b', 'broken'] })).toEqual([['a', 'b']]);
  });
});

describe('a scene that is kept', () => {
  it('comes back as it was, and a broken one as far as it is whole', () => {
    const body = { search: { from: ['a'] }, places: new Map([['a', { x: 1.23, y: -4 }]]), pinned: ['a'] };

    expect(bodyFrom(JSON.parse(JSON.stringify(bodyOf(body))))).toEqual({ ...body, places: new Map([['a', { x: 1.2, y: -4 }]]) });
    expect(bodyFrom({ places: [['a', 'x', 1], 7], pinned: [1] })).toEqual({ search: {}, places: new Map(), pinned: [] });
    expect(bodyFrom(null).search).toEqual({});
  });
});

describe('days', () => {
  it('are counted over months', () => {
    expect([daysBetween('2026-02-27', '2026-03-01'), dayAfter('2026-12-31', 1)]).toEqual([2, '2027-01-01']);
  });
});
