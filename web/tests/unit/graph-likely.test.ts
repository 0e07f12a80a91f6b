import { describe, expect, it } from 'vitest';
import { paintOf } from '@/graph/colors';
import { graphml, linksCsv, svg } from '@/graph/files';
import { folded } from '@/graph/groups';
import { likelyOf, recordedIn, withLikely, withLikelyShown, type LikelyAnswer } from '@/graph/likely';
import { linesOf } from '@/graph/lines';
import { looksOf, type Style } from '@/graph/looks';
import { degrees, sceneOf, type SceneLink, type SceneRecord } from '@/graph/scene';
import { EVERYTHING, shownOf, spanOf } from '@/graph/showing';
import { emptyDrawing, sync } from '@/graph/sync';
import type { EntityType, Side } from '@/meta/model';
import { exploreSearch } from '@/pages/explorer/address';
import { fittingSides, linkBy } from '@/pages/explorer/fitting';
import { bodyFrom, bodyOf } from '@/pages/explorer/scenes';

const TODAY = '2026-11-26';
const record = (id: string): SceneRecord => ({ id, type: 'Person', title: id, values: {} });
const link = (source: string, target: string, more: Partial<SceneLink> = {}): SceneLink => ({
  source, target, relation: 'KNOWS', weight: 1, count: 1, validFrom: null, validTo: null, ...more,
});
const answer = (id: string, fars: Record<string, number>): LikelyAnswer => ({
  record: record(id),
  complete: true,
  links: Object.entries(fars).map(([far, score]) => ({ record: record(far), score, shared: 1, through: [record('b')], relations: ['KNOWS'], reasons: [] })),
});
const style: Style = { size: 'degree', color: 'type', dark: false, typeColors: new Map(), symmetric: new Set(['KNOWS']), scores: new Map(), today: TODAY };

/** `a` and `c` know `b`; they are likely to know each other, and `a` to know `d`. */
const known = sceneOf([{ records: ['a', 'b', 'c', 'd'].map(record), links: [link('a', 'b'), link('c', 'b')] }]);
const scene = withLikely(known, [answer('a', { c: 0.5, d: 1 }), answer('c', { a: 1, gone: 0.4 })]);
const shown = (day: string | null = null, hidden: string[] = []) => withLikelyShown(scene, shownOf(scene, { ...EVERYTHING, day, hidden }, () => null, TODAY), day);

describe('likely links', () => {
  it('are one for two records, between those that are there, the likeliest first', () => {
    expect(likelyOf(scene, shown()).map(({ source, target, score }) => [source, target, score])).toEqual([['a', 'd', 1], ['a', 'c', 0.5]]);
    expect(withLikely(known, [])).toBe(known);
  });

  it('are not counted among links, nor in degrees and spans', () => {
    expect([...shown().links]).toEqual(['KNOWS a b', 'KNOWS c b']);
    expect([...degrees(scene.links.values())]).toEqual([['a', 1], ['b', 2], ['c', 1]]);
    expect(spanOf(scene, () => null)).toBeNull();
  });

  it('go with their ends, with the day, and where a recorded link is shown', () => {
    const linked = withLikely(sceneOf([{ records: [...known.records.values()], links: [link('d', 'a')] }]), [answer('a', { d: 1 })]);

    expect(likelyOf(scene, shown(null, ['d']))).toHaveLength(1);
    expect(likelyOf(scene, shown('2026-01-01'))).toEqual([]);
    expect(likelyOf(linked, withLikelyShown(linked, shownOf(linked, EVERYTHING, () => null, TODAY), null))).toEqual([]);
  });

  it('are lines of their own, drawn and in pictures', () => {
    const looks = looksOf(scene, shown(), style);
    const graph = emptyDrawing();

    sync(graph, looks, new Map());

    expect([...looks.edges.values()].map(({ type }) => type)).toEqual(['line', 'line', 'likely', 'likely']);
    expect(graph.getEdgeAttribute('a d', 'links')).toEqual(['likely a d']);
    expect(looks.edges.get('a d')?.color).toBe(paintOf(false).likely);
    expect(svg(looks.nodes, looks.edges.values(), new Map([['a', { x: 0, y: 0 }], ['d', { x: 1, y: 0 }]]), paintOf(false))).toContain('stroke-dasharray="2 3"');
  });

  it('are told apart from links that are over', () => {
    const over = sceneOf([{ records: [record('a'), record('b')], links: [link('a', 'b', { validTo: '2026-05-01T00:00:00Z' })] }]);

    expect(linesOf(scene, shown(), TODAY)).toEqual(['holds', 'likely']);
    expect(linesOf(over, shownOf(over, { ...EVERYTHING, day: '2026-01-01' }, () => null, TODAY), TODAY)).toEqual(['over']);
    expect(linesOf(known, shownOf(known, EVERYTHING, () => null, TODAY), TODAY)).toEqual([]);
  });

  it('are inferred in files', () => {
    const csv = linksCsv([link('a', 'b')], likelyOf(scene, shown()));

    expect(csv.split('\r\n')).toEqual(['\ufeffsource,target,relation,weight,count,validFrom,validTo,inferred', 'a,b,KNOWS,1,1,,,no', 'a,d,,1,,,,yes', 'a,c,,0.5,,,,yes', '']);
    expect(graphml([], [], likelyOf(scene, shown()))).toContain('<edge source="a" target="d"><data key="weight">1</data><data key="inferred">true</data></edge>');
  });

  it('join single records, not groups', () => {
    const drawn = folded(scene, shown(), [{ ids: ['b', 'c'] }], (first) => first);

    expect(likelyOf(drawn.scene, drawn.shown).map(({ target }) => target)).toEqual(['d']);
  });

  it('are links once they were recorded', () => {
    const recorded = linkBy({ relation: 'MANAGES', direction: 'in' } as Side, 'a', 'd');

    const after = withLikely(known, [recordedIn(answer('a', { c: 0.5, d: 1 }), 'd', recorded)]);

    expect([...after.links.keys()]).toEqual(['KNOWS a b', 'KNOWS c b', 'MANAGES d a']);
    expect([...(after.likely?.keys() ?? [])]).toEqual(['likely a c']);
  });

  it('are in the address and in saved scenes', () => {
    const search = exploreSearch({ from: ['a'], likely: ['a', 'a', ''] });

    expect(search.likely).toEqual(['a']);
    expect(bodyFrom(bodyOf({ search, places: new Map(), pinned: [] })).search.likely).toEqual(['a']);
  });

  it('may be recorded by the relations that fit both ends', () => {
    const sides = [{ relation: 'KNOWS', types: ['Person'] }, { relation: 'WORKS_AT', types: ['Company'] }, { relation: 'MANAGES', types: ['Person'] }] as Side[];
    const person = { relations: sides } as EntityType;

    expect(fittingSides(person, 'Person', ['KNOWS', 'WORKS_AT'])).toEqual([sides[0]]);
  });
});
