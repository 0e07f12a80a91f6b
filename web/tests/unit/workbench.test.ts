import { describe, expect, it } from 'vitest';
import { workbenchSearch } from '@/pages/workbench/asked';
import { passedOn, strongestWays, type StoredWay } from '@/pages/workbench/flows';
import { inSlice, mainReason, sortOf, spreadOf } from '@/pages/workbench/ranking';
import { orderOf, plainKey } from '@/meta/compose';
import type { EntityType } from '@/meta/model';

const row = (value: string | null, count: number) => ({ keys: [{ value }], count });

describe('how a score is spread', () => {
  it('has every slice of risk, the highest risk in the last one, and leaves out who has none', () => {
    const found = spreadOf({ rows: [row('0.0..0.05', 5), row('0.15000000000000002..0.2', 2), row('0.95..1.0', 3), row('1.0..1.05', 1), row(null, 9)] }, undefined, 'churn');
    expect(found.slices).toHaveLength(20);
    expect([found.total, found.slices[3]?.count, found.slices[19]?.count]).toEqual([11, 2, 4]);
  });

  it('counts links by powers of two, as far as there are any', () => {
    const found = spreadOf({ rows: [row('..1', 3), row('2..4', 4), row('8..16', 6)] }, undefined, 'influence');
    expect(found.slices.map(({ from, count }) => [from, count])).toEqual([[0, 3], [1, 0], [2, 4], [4, 0], [8, 6]]);
  });

  it('has a filter for whom a slice counts, the highest risk in the last one', () => {
    expect(inSlice('churn', { from: 0.15000000000000002, to: 0.2, count: 1 })).toBe('insights.churn.risk >= 0.15 and insights.churn.risk < 0.2 and not insights.churn.left');
    expect(inSlice('churn', { from: 0.95, to: 1, count: 1 })).toBe('insights.churn.risk >= 0.95 and not insights.churn.left');
    expect(inSlice('influence', { from: 4, to: 8, count: 1 })).toBe('insights.influence.degree >= 4 and insights.influence.degree < 8');
    expect(inSlice('influence', { from: 512, to: null, count: 1 })).toBe('insights.influence.degree >= 512');
  });

  it('is opened as a list in the order of the ranking', () => {
    const risk = orderOf({} as EntityType, sortOf({ score: 'churn', measure: 'PAGERANK' }));
    expect(risk).toEqual([{ insights: { churn: { risk: 'DESC' } } }]);
    expect(risk.map(plainKey)).toEqual(['-insights.churn.risk']);
    expect(sortOf({ score: 'influence', measure: 'CORE' }).field).toBe('insights.influence.core');
    expect(sortOf({ score: 'influence', measure: 'BROKERAGE' }).field).toBe('insights.influence.degree');
    expect([plainKey({ name: 'ASC' }), plainKey({ name: 'DESC' })]).toEqual(['name', '-name']);
  });

  it('tells how many stand in each band', () => {
    expect(spreadOf({ rows: [] }, { rows: [row('high', 2), row(null, 7)] }, 'churn').bands).toEqual({ high: 2 });
  });
});

describe('the main reason of a score', () => {
  const reason = (code: string) => ({ code, text: code, contribution: 0, records: [] });

  it('is the first that tells the record from others', () => {
    expect(mainReason(['base', 'rest', 'from_link'].map(reason))?.code).toBe('from_link');
    expect(mainReason([reason('base')])?.code).toBe('base');
    expect(mainReason([])).toBeUndefined();
  });
});

const card = (id: string) => ({ id, type: 'Company', title: id });
const way = (strength: number, ...ids: string[]): StoredWay => ({ strength, records: ids.map(card) });
const WAYS = [way(0.1, 'a', 'x'), way(0.3, 'b', 'c', 'y'), way(0.25, 'a', 'z')];

describe('ways of risk taken together', () => {
  it('name who passes most on, and to whom', () => {
    const [first, second] = passedOn(WAYS);
    expect([first?.record.id, first?.to.map(({ id }) => id)]).toEqual(['a', ['z', 'x']]);
    expect([first?.total, second?.total]).toEqual([0.35, 0.3]);
  });

  it('are drawn strongest first', () => {
    expect(strongestWays(WAYS, 2).map(({ strength }) => strength)).toEqual([0.3, 0.25]);
  });
});

describe('the address of the workbench', () => {
  it('keeps what it understands and drops the rest', () => {
    expect(workbenchSearch({ type: 'Company', score: 'health', tab: 'map', band: 'high', measure: 'DEGREE', a: 3 })).toEqual({ type: 'Company', tab: 'map', band: 'high', measure: 'DEGREE' });
  });
});
