import { parseDate } from '@internationalized/date';
import { describe, expect, it } from 'vitest';
import { changed, listSearch } from '@/app/listSearch';
import { understood } from '@/app/understood';
import { conditionsFrom } from '@/meta/conditions/given';
import { dayOf, isoOf } from '@/lib/calendar';
import type { Field } from '@/meta/model';
import { pasted, pointOf } from '@/meta/kinds/geoPoint';
import type { Row } from '@/meta/rows';
import { extended, moved, renewed, shelfOf, type Shelves } from '@/meta/shelves';
import { daysOf, onDay, stepped } from '@/pages/list/calendar/spans';
import { nextBox } from '@/pages/list/carrying';
import { groupWhere } from '@/pages/list/groups';
import { clustered } from '@/pages/list/map/clusters';
import { countryOf, namesOfCountries } from '@/pages/list/map/places';
import { unrolled } from '@/pages/list/map/world';
import { picked, unread } from '@/pages/list/useSelection';
import { along, barOf, stretchOf } from '@/pages/list/timeline/scale';

const row = (id: string, version = 1): Row => ({ id, version, displayName: id });
const SHELVES: Shelves = {
  open: { nodes: [row('a'), row('b')], count: 7, sum: null, next: 'behind b' },
  won: { nodes: [row('c')], count: 1, sum: null, next: null },
};

describe('the address of a list', () => {
  it('carries what was chosen, and nothing that is empty or unknown', () => {
    expect(listSearch({ view: 'board', by: 'stage', text: '', day: 'soon', filter: [] })).toEqual({ view: 'board', by: 'stage' });
    expect(listSearch({ view: 'table' })).toEqual({});
    expect(listSearch({ view: 'spiral' })).toEqual({});
  });

  it('hands over nothing that the page does not understand', () => {
    expect({ ...{ view: 5, hide: 5 }, ...understood(listSearch)({ view: 5, hide: 5, by: 'stage' }) }).toEqual({ by: 'stage' });
  });

  it('keeps those conditions that are some', () => {
    const linked = { type: 'Deal', conditions: [{ field: 'amount', operator: 'least', value: 5 }], least: '2' };
    const sound = [
      { field: 'name', operator: 'contains', value: 'oak' }, { field: 'founded', operator: 'between', value: { from: '2020-01-01', to: '2021-01-01' } },
      { field: 'size', operator: 'anyOf', value: ['small', 'large'] }, { field: 'site', operator: 'empty' }, { field: 'deals', operator: 'count', value: linked },
    ];
    const odd = ['x', 5, null, { field: 5, operator: 'is' }, { field: 'name', operator: 'like', value: 'oak' }];

    expect(listSearch({ filter: [...odd, ...sound] })).toEqual({ filter: sound });
    expect(conditionsFrom([{ field: 'deals', operator: 'some', value: 5 }, { field: 'size', operator: 'anyOf', value: 'small' }])).toEqual([
      { field: 'deals', operator: 'some' }, { field: 'size', operator: 'anyOf' },
    ]);
    expect(conditionsFrom([{ field: 'site', operator: 'near', value: { km: [1], latitude: 5 } }])).toEqual([{ field: 'site', operator: 'near', value: { latitude: 5 } }]);
    expect(listSearch({ sort: { field: 'name' } })).toEqual({});
    expect(listSearch({ sort: { field: 'name', direction: 'DESC' } })).toEqual({ sort: { field: 'name', direction: 'DESC' } });
  });

  it('loses what is taken back', () => {
    expect(changed({ view: 'board', by: 'stage' }, { by: undefined, text: "city = 'Berlin'" })).toEqual({ view: 'board', text: "city = 'Berlin'" });
  });
});

describe('shelves', () => {
  it('hand a record over as first of the other one, counts with it', () => {
    const after = moved(SHELVES, row('b'), 'open', 'won');
    expect(after.open).toEqual({ nodes: [row('a')], count: 6, sum: null, next: 'behind b' });
    expect(after.won).toEqual({ nodes: [row('b'), row('c')], count: 2, sum: null, next: null });
    expect(shelfOf(after, 'b')).toBe('won');
  });

  it('take a record that had nowhere to go yet', () => {
    expect(moved(SHELVES, row('c'), 'won', '')['']).toEqual({ nodes: [row('c')], count: 1, sum: null, next: null });
  });

  it('grow, and hear of new versions', () => {
    const after = renewed(extended(SHELVES, 'open', [row('d')], null), row('d', 4));
    expect(after.open?.nodes.map(({ id, version }) => [id, version])).toEqual([['a', 1], ['b', 1], ['d', 4]]);
    expect(after.open?.next).toBeNull();
  });
});

describe('a carried card', () => {
  const box = (left: number, top: number) => ({ left, top, width: 100, height: 100 });
  const boxes = [box(0, 0), box(110, 0), box(220, 0), box(0, 110), box(110, 110)];

  it('goes to the neighbour that the arrow points to', () => {
    expect(nextBox(boxes, { x: 160, y: 50 }, 'ArrowRight')).toBe(boxes[2]);
    expect(nextBox(boxes, { x: 160, y: 50 }, 'ArrowLeft')).toBe(boxes[0]);
    expect(nextBox(boxes, { x: 160, y: 50 }, 'ArrowDown')).toBe(boxes[4]);
    expect(nextBox(boxes, { x: 270, y: 50 }, 'ArrowRight')).toBeUndefined();
    expect(nextBox(boxes, { x: 160, y: 50 }, 'Tab')).toBeUndefined();
  });
});

describe('the calendar', () => {
  it('shows the whole weeks of a Persian month, Saturday first', () => {
    const days = daysOf(dayOf('2026-11-24', 'persian'), 'month', 'fa-IR').map(isoOf);
    expect(days[0]).toBe('2026-11-21');
    expect(days).toHaveLength(35);
  });

  it('goes by months from their first days', () => {
    expect(isoOf(stepped(dayOf('2026-01-31', 'gregory'), 'month', 1))).toBe('2026-02-01');
    expect(isoOf(stepped(dayOf('2026-01-31', 'gregory'), 'week', -1))).toBe('2026-01-24');
  });

  it('keeps the hour of what is pulled to another day', () => {
    expect(onDay('2026-11-24T06:30:00Z', '2026-11-26', true, 'Asia/Tehran')).toBe('2026-11-26T06:30:00.000Z');
    expect(onDay('2026-11-24', '2026-11-26', false, 'Asia/Tehran')).toBe('2026-11-26');
  });
});

describe('the time line', () => {
  const stretch = stretchOf(parseDate('2026-11-24'), 'quarter', 'en-GB');

  it('begins with a whole part before the day that is shown', () => {
    expect(stretch.from.toString()).toBe('2025-10-01');
    expect(stretch.to.toString()).toBe('2028-10-01');
    expect(stretch.ticks).toHaveLength(12);
    expect(along(stretch.from, stretch)).toBe(0);
  });

  it('cuts bars at its ends and says so', () => {
    const bar = barOf(parseDate('2020-01-01'), parseDate('2025-12-31'), stretch);
    expect(bar).toMatchObject({ start: 0, cutBefore: true, cutAfter: false });
    expect(bar.size).toBeCloseTo(92 / 1096);
  });

  it('takes a last day before the first for none', () => {
    const { size } = barOf(parseDate('2026-05-05'), parseDate('2026-05-01'), stretch);
    expect(size).toBeCloseTo(1 / 1096);
  });
});

describe('places', () => {
  const names = namesOfCountries();

  it.each(['Iran', 'ایران', 'Россия', 'United States', 'usa', 'Turkey', 'gb'])('know %s', (name) => {
    expect(countryOf(name, names)).toMatch(/^(IR|RU|US|TR|GB)$/);
  });

  it('of streets and cities are none', () => {
    expect(countryOf('Baker Street', names)).toBeUndefined();
  });

  it('are typed, or pasted both at once', () => {
    expect(pasted('۴۱٫۰۰۸۲، ۲۸٫۹۷۸۴')).toEqual({ latitude: '41.0082', longitude: '28.9784' });
    expect(pointOf({ latitude: '41.0082', longitude: '28.9784' })).toEqual({ latitude: 41.0082, longitude: 28.9784 });
    expect(pointOf({ latitude: '91', longitude: '0' })).toBeUndefined();
    expect(pointOf({ latitude: '', longitude: '' })).toBeNull();
  });

  it('that lie close together are one, in their middle', () => {
    const spots = [{ x: 0, y: 0, held: 'a' }, { x: 10, y: 0, held: 'b' }, { x: 200, y: 0, held: 'c' }];
    expect(clustered(spots, 44)).toEqual([{ x: 5, y: 0, held: ['a', 'b'] }, { x: 200, y: 0, held: ['c'] }]);
  });

  it('over the 180th meridian stay in one piece', () => {
    expect(unrolled([[170, 60], [180, 60], [-170, 61], [170, 60]])).toEqual([[170, 60], [180, 60], [190, 61], [170, 60]]);
    expect(unrolled([[-10, 5], [10, 5], [0, 9], [-10, 5]])[0]).toEqual([-10, 5]);
  });
});

describe('chosen rows', () => {
  const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id, version: 1 }));

  it('are turned round one by one, and taken in a row from the last one', () => {
    const one = picked((place) => rows[place], new Map(), 1, null);
    expect([...one.keys()]).toEqual(['b']);
    expect([...picked((place) => rows[place], one, 3, 1).keys()]).toEqual(['b', 'c', 'd']);
    expect([...picked((place) => rows[place], one, 1, null).keys()]).toEqual([]);
    expect([unread((place) => rows[place], 3, 1), unread((place) => rows[place], 1, rows.length + 1)]).toEqual([0, 2]);
  });
});

describe('groups', () => {
  const of = (kind: string, isList = false) => ({ name: 'f', kind, isList }) as Field;

  it('stand for a condition', () => {
    expect(groupWhere(of('choice'), { value: 'won', from: null, until: null }, 'UTC')).toEqual({ f: { eq: 'won' } });
    expect(groupWhere(of('choice'), { value: null, from: null, until: null }, 'UTC')).toEqual({ f: { isNull: true } });
    expect(groupWhere(of('multiChoice', true), { value: 'a', from: null, until: null }, 'UTC')).toEqual({ f: { has: 'a' } });
    expect(groupWhere(of('date'), { value: '2026-03-21', from: '2026-03-21', until: '2026-04-21' }, 'UTC')).toEqual({
      f: { between: { from: '2026-03-21', to: '2026-04-20' } },
    });
  });
});
