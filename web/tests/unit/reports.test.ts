import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { keys } from '@/api/keys';
import { everyFew, ticks, type Sheet } from '@/charts/sheet';
import { streamsOf, wrapped } from '@/charts/streams';
import type { EntityType, Field, Model } from '@/meta/model';
import { sheetNames } from '@/meta/spreadsheet';
import { figuresOf, type Wording } from '@/pages/reports/answer';
import { boardSearch } from '@/pages/reports/asked';
import { boardOf, freshSource, freshTile, moved, type Tile } from '@/pages/reports/board';
import { cohorts, laterWords } from '@/pages/reports/cohorts';
import { operationOf, partsOf, type Around } from '@/pages/reports/compose';
import { rowsOf } from '@/pages/reports/excel';
import { fits } from '@/pages/reports/fields';
import { answeredBefore, shapeOf, type Answers } from '@/pages/reports/useFigures';
import { heightOf, screens } from '@/pages/reports/screens';
import { sizeFor, steppedBy } from '@/pages/reports/sizing';
import { spansOf } from '@/pages/reports/spans';
import { started } from '@/pages/reports/starters';
import { ofGroup } from '@/pages/reports/where';

const words = (en: string) => ({ en, ru: en, fa: en });
const field = (name: string, kind: string, options = {}): Field => ({
  name, kind, options, required: false, unique: false, readOnly: false, searchable: false, isList: false, default: null, help: null, ...words(name),
});
const ORDER: EntityType = {
  name: 'Order', plural: 'Orders', one: 'order', many: 'orders', icon: '', color: '', display: '{number}', pack: '', naturalKeys: [],
  label: words('order'), labels: words('orders'), order: [{ field: 'on', direction: 'desc' }],
  fields: [field('number', 'text'), field('on', 'date'), field('status', 'choice'), field('way', 'choice'), field('total', 'money', { currency: 'EUR' }), field('at', 'dateTime')],
  relations: [{ name: 'buyer', relation: 'BUYS', direction: 'in', types: ['Company'], most: 1, ...words('buyer') }],
};
const COMPANY: EntityType = { ...ORDER, name: 'Company', many: 'companies', display: '{name}', fields: [field('name', 'text'), field('city', 'text')], relations: [], order: [] };
const MODEL: Model = { version: 1, types: [ORDER, COMPANY], relations: [] };
const AROUND: Around = { model: MODEL, calendar: 'gregory', zone: 'Asia/Tehran', today: '2026-11-26', span: 'ALL', cross: [], at: null };
const WORDING: Wording = {
  calendar: 'gregory', zone: 'UTC', others: 'others', before: 'before',
  key: (told) => String(told.from ?? told.value), measure: ({ figure }) => figure, show: String,
};
const tile = (kind: Tile['kind'], source: Partial<Tile['source']>, id: string = kind): Tile => freshTile(kind, { ...freshSource('Order'), ...source }, id);
const sum = [{ figure: 'sum' as const, field: 'total' }];

describe('periods', () => {
  it('under way stand beside as much of the last one', () => {
    expect(spansOf('THIS_MONTH', '2026-11-26', 'gregory')).toEqual({
      now: { from: '2026-11-01', until: '2026-11-27' },
      before: { from: '2026-10-01', until: '2026-10-27' },
    });
  });

  it('follow the calendar of the reader', () => {
    expect(spansOf('LAST_YEAR', '2026-11-26', 'persian')?.now).toEqual({ from: '2025-03-21', until: '2026-03-21' });
    expect(spansOf('THIS_QUARTER', '2026-11-26', 'gregory')?.now).toEqual({ from: '2026-10-01', until: '2026-11-27' });
    expect(spansOf('DAYS_30', '2026-11-26', 'gregory')?.before).toEqual({ from: '2026-09-28', until: '2026-10-28' });
  });
});

describe('the operation of a dashboard', () => {
  it('asks once what several tiles ask of the same records', () => {
    const part = { date: 'on', span: 'MONTHS_12' as const, compare: true };
    const tiles = [tile('kpi', { ...part, measures: sum }, 'a'), tile('kpi', part, 'b'), tile('kpi', { ...part, measures: [{ figure: 'percentile', field: 'total', percent: 95 }] }, 'c')];

    const { lists, query, variables, aliases } = operationOf(tiles.flatMap((each) => partsOf(each, AROUND)), null);

    expect(lists).toBe(2);
    expect(query).toContain('a0: orders(where: $w0, first: 0) { aggregate { count total { sum { amount } } total { p95: percentile(p: 0.95) { amount } } }');
    expect(variables.w1).toEqual({ on: { gte: '2024-11-27', lt: '2025-11-27' } });
    expect(aliases.filter(({ tile: id }) => id === 'c')).toEqual([{ tile: 'c', slot: 'now', alias: 'a0' }, { tile: 'c', slot: 'before', alias: 'a1' }]);
  });

  it('groups along relations and by the calendar of the reader, narrowed by what was pointed at', () => {
    const by = [{ via: 'buyer', field: 'city' }, { field: 'on', unit: 'MONTH' as const }];
    const cross = [{ type: 'Order', where: { status: { eq: 'open' } }, words: 'open' }, { type: 'Company', where: {}, words: '' }];
    const asked = partsOf(tile('pivot', { by, measures: sum, text: 'total > 5', segment: 'Big', least: '10' }), { ...AROUND, calendar: 'persian', cross });

    const { query, variables } = operationOf(asked, null);

    expect(query).toContain('by: [{ buyer: { node: { city: VALUE } } }, { on: MONTH }]');
    expect(query).toContain('having: { total: { sum: { gte: "10" } } }, calendar: PERSIAN');
    expect(variables).toEqual({ w0: { and: [{ inSegment: { name: 'Big' } }, { status: { eq: 'open' } }] }, t0: 'total > 5' });
  });

  it('asks what was known at a moment that is over', () => {
    const tiles = [tile('kpi', {}, 'a'), tile('table', { top: 3 }, 'b')];

    const { query, variables } = operationOf(tiles.flatMap((each) => partsOf(each, AROUND)), '2026-11-24T04:30:00Z');

    expect(query.match(/, knownAt: \$at\)/g)).toHaveLength(2);
    expect(query).toContain('$at: DateTime');
    expect(variables.at).toBe('2026-11-24T04:30:00Z');
  });

  it('asks records that meet conditions, along relations too', () => {
    const filter = [
      { field: 'total', operator: 'least' as const, value: '100' },
      { field: 'buyer', operator: 'some' as const, value: { type: 'Company', conditions: [{ field: 'city', operator: 'is' as const, value: 'Berlin' }] } },
      { field: 'gone', operator: 'is' as const, value: 'x' },
    ];
    const [part] = partsOf(tile('kpi', { filter, segment: 'Big' }), AROUND);

    expect(part?.where).toEqual({
      and: [{ inSegment: { name: 'Big' } }, { and: [{ total: { gte: '100' } }, { buyer: { some: { node: { city: { eq: 'Berlin' } } } } }] }],
    });
    expect(boardOf({ tiles: [{ kind: 'kpi', source: { type: 'Order', filter: [...filter, 'x', { field: 'total' }] } }] }).tiles[0]?.source.filter).toEqual(filter);
  });

  it('asks nothing that the model does not have', () => {
    expect(fits(tile('bar', { by: [{ field: 'status' }] }), MODEL)).toBe(true);
    expect(fits(tile('bar', { by: [{ field: 'gone' }] }), MODEL)).toBe(false);
    expect(fits(tile('bar', { by: [{ field: 'total', width: '1}' }] }), MODEL)).toBe(false);
    expect(fits(tile('kpi', { measures: [{ figure: 'sum', field: 'number' }] }), MODEL)).toBe(false);
    expect(fits(tile('line', {}), MODEL)).toBe(false);
  });
});

const group = (values: unknown[], count: number) => ({
  keys: values.map((value) => (/^\d{4}-/.test(String(value)) ? { value, from: String(value), until: next(String(value)) } : { value, from: null, until: null })),
  count,
});
const next = (month: string): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1)).toISOString().slice(0, 10);
const told = (rows: ReturnType<typeof group>[]) => ({ grouped: { totalCount: rows.length, rows } });

describe('the figures of a tile', () => {
  it('of a funnel stand in the order of the stages', () => {
    const stages = field('status', 'choice', { choices: ['lead', 'offer', 'won'].map((value) => ({ value, en: value, ru: value, fa: value, color: '' })) });
    const type = { ...ORDER, fields: [stages] };
    const funnel = tile('funnel', { by: [{ field: 'status' }] });

    const { rows, cells } = figuresOf(funnel, { ...MODEL, types: [type] }, type, told([group(['won'], 9), group(['lead'], 4), group(['other'], 1)]), undefined, WORDING);

    expect(rows.map(({ id }) => id)).toEqual(['lead', 'won', 'other']);
    expect(cells).toEqual([[4], [9], [1]]);
  });

  it('run through periods in which nothing was', () => {
    const monthly = tile('line', { by: [{ field: 'on', unit: 'MONTH' }] });
    const figures = figuresOf(monthly, MODEL, ORDER, told([group(['2026-03-01'], 2), group(['2026-01-01'], 5)]), undefined, WORDING);

    expect(figures.rows.map(({ id }) => id)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    expect(figures.cells).toEqual([[5], [0], [2]]);
    expect(figures.fits(0, null)).toEqual({ on: { gte: '2026-01-01', lt: '2026-02-01' } });
  });

  it('of two groups put what is beyond the greatest together', () => {
    const rows = 'abcdefghi'.split('').map((way, place) => group(['open', way], 20 - place));
    const figures = figuresOf(tile('pivot', { by: [{ field: 'status' }, { field: 'way' }] }), MODEL, ORDER, told(rows), undefined, WORDING);

    expect(figures.columns.at(-1)).toEqual({ id: 'others', label: 'others' });
    expect(figures.cells).toEqual([[20, 19, 18, 17, 16, 15, 14, 25]]);
    expect(figures.fits(0, 0)).toEqual({ and: [{ status: { eq: 'open' } }, { way: { eq: 'a' } }] });
    expect(figures.fits(0, 7)).toBeUndefined();
  });

  it('of cohorts stand by how much later they are', () => {
    const by = [{ field: 'on', unit: 'MONTH' as const }, { field: 'at', unit: 'MONTH' as const }];
    const found = figuresOf(tile('cohort', { by }), MODEL, ORDER, told([group(['2026-01-01', '2026-01-01'], 9), group(['2026-01-01', '2026-03-01'], 4), group(['2026-02-01', '2026-03-01'], 3)]), undefined, WORDING);
    const figures = cohorts(found, by, 'gregory', String);

    expect(figures.columns.map(({ label }) => label)).toEqual(['0', '1', '2']);
    expect(figures.cells).toEqual([[9, null, 4], [null, 3, null]]);
    expect(figures.fits(1, 1)).toEqual(found.fits(1, 2));
  });

  it('of cohorts say how much later, in words of the reader', () => {
    expect([0, 1, 2].map((later) => laterWords(later, 'MONTH', 'en'))).toEqual(['0 months', '+1 month', '+2 months']);
    expect(laterWords(1, 'QUARTER', 'ru')).toBe('+3 месяца');
    expect(laterWords(2, 'YEAR', 'fa')).toContain('۲ سال');
  });

  it('lead to exactly the records behind them', () => {
    const city = COMPANY.fields[1]!;
    expect(ofGroup({ via: 'buyer', field: 'city' }, city, { value: 'Oslo', from: null, until: null }, 'UTC')).toEqual({ buyer: { some: { node: { city: { eq: 'Oslo' } } } } });
    expect(ofGroup({ via: 'buyer', field: 'city' }, city, { value: null, from: null, until: null }, 'UTC')).toEqual({ buyer: { none: { node: { city: { isNull: false } } } } });
    expect(ofGroup({ field: 'at', unit: 'DAY' }, ORDER.fields[5]!, { value: '', from: '2026-01-01', until: '2026-01-02' }, 'Asia/Tehran')).toEqual({ at: { gte: '2025-12-31T20:30:00.000Z', lt: '2026-01-01T20:30:00.000Z' } });
  });
});

describe('the size of a tile', () => {
  it('is the nearest that there is', () => {
    expect([sizeFor(3.4, 0.2), sizeFor(5.2, 2.6), sizeFor(20, 9)]).toEqual([{ width: 3, height: 1 }, { width: 6, height: 3 }, { width: 12, height: 4 }]);
  });

  it('goes a step on by keys as the page is read, and stops at its ends', () => {
    const size = { width: 9, height: 1 };
    expect(steppedBy('ArrowRight', size, false)).toEqual({ width: 12, height: 1 });
    expect(steppedBy('ArrowRight', size, true)).toEqual({ width: 8, height: 1 });
    expect(steppedBy('ArrowUp', size, false)).toEqual(size);
    expect(steppedBy('Enter', size, false)).toBeNull();
  });
});

describe('the address of a dashboard', () => {
  it('names a moment with its zone, or none', () => {
    expect(boardSearch({ at: '2026-11-24T08:00:00+03:30', bring: true })).toEqual({ at: '2026-11-24T08:00:00+03:30', bring: true });
    for (const at of ['2026-11-24', '2026-11-24T08:00', '2026-13-24T08:00:00Z', 'yesterday', 5]) expect(boardSearch({ at })).toEqual({});
  });
});

describe('what was answered before', () => {
  const asked = (some: Tile[], variables: object, data: Answers) => {
    const client = new QueryClient();
    const { query } = operationOf(some.flatMap((each) => partsOf(each, AROUND)), null);
    client.setQueryData(keys.figures(['Order'], [some.map(shapeOf), query, variables]), data);
    return client;
  };

  it('stays in a tile that is asked anew among others, but not in one that asks for something else', () => {
    const [a, b] = [tile('kpi', {}, 'a'), tile('kpi', { measures: sum }, 'b')];
    const now = { aggregate: { count: 3 } };
    const client = asked([a, b], {}, { a: { now }, b: { now } });

    expect(answeredBefore(client, [b, tile('kpi', {}, 'c')])).toEqual({ b: { now } });
    expect(answeredBefore(client, [tile('kpi', { filter: [], text: 'total > 3' }, 'a')])).toEqual({ a: { now } });
    expect(answeredBefore(client, [tile('kpi', { measures: sum }, 'a')])).toBeUndefined();
  });
});

describe('a dashboard', () => {
  it('is read from whatever was kept', () => {
    const { tiles } = boardOf({ tiles: [{ kind: 'bar', width: 99, source: { type: 'Order', top: 'x', by: [{ field: 'on', unit: 'AGE' }], measures: [{ figure: 'drop' }] } }, 5] });
    expect(tiles.map(({ kind, width }) => [kind, width])).toEqual([['bar', 12], ['text', 6]]);
    expect(tiles[0]?.source).toMatchObject({ top: 10, by: [{ field: 'on', unit: 'MONTH' }], measures: [{ figure: 'count' }] });
    expect(boardOf(null)).toEqual({ tiles: [] });
  });

  it('is put into another order, and onto screens', () => {
    const tiles = [tile('kpi', {}, 'a'), tile('kpi', {}, 'b'), tile('kpi', {}, 'c')];
    expect(moved(tiles, 'a', 'c').map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    const wide = (id: string, height: number): Tile => ({ ...tile('bar', {}, id), width: 12, height });
    expect(screens([wide('a', 2), wide('b', 2), wide('c', 3)]).map((page) => page.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
    expect([heightOf([wide('a', 1), wide('b', 2)]), heightOf([{ ...wide('a', 1), width: 6 }, { ...wide('b', 3), width: 6 }]), heightOf([wide('a', 1)])]).toEqual([3, 3, 2]);
  });

  it('is made from a model that it was never written for', () => {
    const made = started('value', MODEL, { Order: 3 })!;
    expect(made.type.name).toBe('Order');
    expect(made.board.tiles.every((each) => fits(each, MODEL))).toBe(true);
    expect(made.board.tiles.find(({ kind, source }) => kind === 'bar' && source.by[0]?.via)?.source.by).toEqual([{ via: 'buyer', field: 'name' }]);
    expect(started('flow', MODEL, {})).toBeNull();
  });
});

describe('drawings', () => {
  const SHEET: Sheet = { rows: [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }], columns: [{ id: 'x', label: 'X' }], cells: [[3], [null]], show: String, timed: false, additive: true };

  it('have as many labels as there is room for', () => {
    const months = Array.from({ length: 12 }, () => 'Nov 2026');

    expect(everyFew(months, 1000)).toBe(1);
    expect(everyFew(months, 240)).toBe(3);
    expect(everyFew(months, 0)).toBe(12);
    expect(everyFew([], 240)).toBe(0);
  });

  it('have round steps', () => {
    expect(ticks(87)).toEqual([0, 25, 50, 75, 100]);
    expect(ticks(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticks(0)).toEqual([0]);
  });

  it('of streams are as thick as what flows', () => {
    const { sources, streams } = streamsOf({ ...SHEET, columns: [...SHEET.columns, { id: 'y', label: 'Y' }], cells: [[3, 1], [0, 4]] }, 112);
    expect(streams.map(({ thick }) => thick)).toEqual([37.5, 12.5, 50]);
    expect(sources.map(({ y }) => y)).toEqual([0, 62]);
  });

  it('have words in as many lines as there is room for, and are cut only where there is none', () => {
    expect(wrapped('In negotiation', 20, 2)).toEqual(['In negotiation']);
    expect(wrapped('In negotiation', 11, 2)).toEqual(['In', 'negotiation']);
    expect(wrapped('In negotiation', 11, 1)).toEqual(['In negotia…']);
    expect(wrapped('Waits for an answer from them', 10, 2)).toEqual(['Waits for', 'an answer…']);
  });

  it('become rows of a spreadsheet under names that Excel takes', () => {
    expect(rowsOf(SHEET, 'Group').map((row) => row.map((cell) => cell?.value))).toEqual([['Group', 'X'], ['A', 3], ['B', undefined]]);
    expect(sheetNames(['A/B: c', 'a b  c', 'A/B: c'])).toEqual(['A B c', 'a b c 2', 'A B c 3']);
  });
});
