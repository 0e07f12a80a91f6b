import { rowsOf } from '@/graph/asking';
import { describe, expect, it } from 'vitest';
import { communityColor, mixed, paintOf, shadeOf, typeColor } from '@/graph/colors';
import { graphml, linksCsv, recordsCsv, svg } from '@/graph/files';
import { directionOf, shortened } from '@/graph/labels';
import { settle } from '@/graph/forces';
import { boxOf, inside } from '@/graph/lasso';
import { looksOf, type Style } from '@/graph/looks';
import { kept, placed } from '@/graph/names';
import { sceneOf, type SceneLink, type SceneRecord } from '@/graph/scene';
import { EVERYTHING, shownOf } from '@/graph/showing';
import { emptyDrawing, move, sync } from '@/graph/sync';

const record = (id: string, title = id): SceneRecord => ({ id, type: 'Person', title, values: {} });
const link = (source: string, target: string, more: Partial<SceneLink> = {}): SceneLink => ({
  source, target, relation: 'WORKS_AT', weight: 1, count: 1, validFrom: null, validTo: null, ...more,
});
const style: Style = {
  size: 'degree', color: 'type', dark: false, typeColors: new Map([['Person', '#0f8b8d']]), symmetric: new Set(['KNOWS']), scores: new Map(), today: '2026-11-26',
};
const drawn = (records: SceneRecord[], links: SceneLink[], wanted: Partial<Style> = {}, day: string | null = null) => {
  const scene = sceneOf([{ records, links }]);
  return looksOf(scene, shownOf(scene, { ...EVERYTHING, day }, () => null, style.today), { ...style, ...wanted });
};

describe('looks', () => {
  it('draw one line a direction, with an arrow unless the relation has none', () => {
    const { nodes, edges } = drawn([record('a'), record('b'), record('c')], [link('a', 'b'), link('a', 'b', { relation: 'OWNS' }), link('c', 'b', { relation: 'KNOWS' })]);

    expect([...edges.values()].map(({ type, links }) => [type, links.length])).toEqual([['arrow', 2], ['line', 1]]);
    expect(nodes.get('a')?.color).toBe('#0f8b8d');
    expect(nodes.get('b')!.size).toBeGreaterThan(nodes.get('c')!.size);
  });

  it('dash a link of the past', () => {
    const { edges } = drawn([record('a'), record('b')], [link('a', 'b', { validTo: '2025-01-01T00:00:00Z' })], {}, '2024-01-01');

    expect([...edges.values()].map(({ type }) => type)).toEqual(['dashed']);
  });

  it('draw crowds as points and plain lines', () => {
    const many = Array.from({ length: 3001 }, (_, at) => record(`r${at}`));

    const { big, edges, nodes } = drawn(many, [link('r0', 'r1')]);

    expect([big, [...edges.values()][0]?.type]).toEqual([true, 'line']);
    expect(nodes.get('r2')!.size).toBeLessThan(2);
  });

  it('tell scores by colour, and who has none by grey', () => {
    const scores = new Map([['a', { influence: 1, churn: null, strength: null, community: 3 }]]);

    const { nodes } = drawn([record('a'), record('b')], [], { color: 'influence', scores });

    expect(nodes.get('a')!.color).toBe('#4540c4');
    expect(nodes.get('b')!.color).toBe(shadeOf(undefined, 'influence', paintOf(false)));
  });
});

describe('colours', () => {
  it('mix, brighten by night, and never break on a model with another colour', () => {
    expect(mixed('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(typeColor('#000000', paintOf(true))).toBe('#575757');
    expect(typeColor('red', paintOf(false))).toBe('#8a8a99');
    expect(communityColor(12, paintOf(false))).toBe(communityColor(0, paintOf(false)));
  });
});

describe('a graph', () => {
  it('keeps where records stand when something comes, goes and comes back', () => {
    const graph = emptyDrawing();
    const places = new Map([['a', { x: 5, y: 6 }]]);

    const first = sync(graph, drawn([record('a'), record('b')], [link('a', 'b')]), places);
    graph.mergeNodeAttributes('b', { x: 50, y: 60 });
    sync(graph, drawn([record('a')], []), places);
    const back = sync(graph, drawn([record('a'), record('b')], [link('a', 'b')]), places);

    expect([first, back]).toEqual([['b'], []]);
    expect(graph.getNodeAttributes('b')).toMatchObject({ x: 50, y: 60, label: 'b' });
    expect([graph.order, graph.size]).toEqual([2, 1]);
  });

  it('lets newcomers begin beside who they are linked to', () => {
    const graph = emptyDrawing();
    sync(graph, drawn([record('a')], []), new Map([['a', { x: 1000, y: 0 }]]));

    sync(graph, drawn([record('a'), record('b')], [link('a', 'b')]), new Map());

    expect(Math.hypot(graph.getNodeAttribute('b', 'x') - 1000, graph.getNodeAttribute('b', 'y'))).toBeLessThan(30);
  });

  it('does not move what is pinned', () => {
    const graph = emptyDrawing();
    sync(graph, drawn([record('a'), record('b')], []), new Map([['a', { x: 1, y: 1 }], ['b', { x: 2, y: 2 }]]));
    graph.setNodeAttribute('a', 'fixed', true);

    move(graph, new Map([['a', { x: 9, y: 9 }], ['b', { x: 9, y: 9 }]]));

    expect(graph.mapNodes((_, { x }) => x)).toEqual([1, 9]);
  });
});

describe('a line drawn around records', () => {
  it('tells who is inside, also of shapes with bays', () => {
    const bay = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 5, y: 3 }, { x: 0, y: 10 }];

    expect([{ x: 1, y: 1 }, { x: 5, y: 8 }, { x: 20, y: 1 }].map((point) => inside(point, bay))).toEqual([true, false, false]);
    expect(inside({ x: 3, y: 3 }, boxOf({ x: 5, y: 5 }, { x: 1, y: 1 }))).toBe(true);
  });
});

describe('files', () => {
  it('hold names as text, whatever is in them', () => {
    expect(recordsCsv([record('1', '=1+1'), record('2', 'a "b", c')])).toBe('\ufeffid,type,title\r\n1,Person,\'=1+1\r\n2,Person,"a ""b"", c"\r\n');
    expect(linksCsv([link('1', '2', { validFrom: '2025-01-01' })])).toContain('1,2,WORKS_AT,1,1,2025-01-01,,no\r\n');
    expect(graphml([record('1', '<b>&\u0007')], [])).toContain('<data key="title">&lt;b&gt;&amp;</data>');
  });

  it('draw the whole in a square of paper', () => {
    const { nodes, edges } = drawn([record('a', 'A&B'), record('b')], [link('a', 'b')]);

    const drawing = svg(nodes, edges.values(), new Map([['a', { x: 0, y: 0 }], ['b', { x: 10, y: 0 }]]), paintOf(false));

    expect(drawing).toContain('<line x1="70" y1="700" x2="1330" y2="700"');
    expect(drawing).toContain('\u2068A&amp;B\u2069');
  });
});

describe('names', () => {
  it('are written in their own direction and cut by letters', () => {
    expect([directionOf('شرکت دماوند'), directionOf('Damavand')]).toEqual(['rtl', 'ltr']);
    expect([...shortened('x'.repeat(60))].length).toBe(34);
  });

  it('keep within the drawing, and under a disc that is beyond it', () => {
    expect([kept(200, 100, 390), kept(10, 100, 390), kept(385, 100, 390)]).toEqual([200, 54, 336]);
    expect([kept(-20, 100, 390), kept(20, 500, 390)]).toEqual([-20, 195]);
  });
});

describe('forces', () => {
  const look = { size: 6, color: '', label: '', kind: '', fixed: false };
  const drawing = (records: number): ReturnType<typeof emptyDrawing> => {
    const graph = emptyDrawing();
    for (let at = 0; at < records; at++) graph.addNode(String(at), { ...look, x: Math.cos(at) * 18 * Math.sqrt(at), y: Math.sin(at) * 18 * Math.sqrt(at) });
    return graph;
  };
  const far = (graph: ReturnType<typeof drawing>, ids: string[]): number =>
    Math.max(...ids.map((id) => Math.hypot(graph.getNodeAttribute(id, 'x'), graph.getNodeAttribute(id, 'y'))));
  const line = { size: 1, color: '', type: 'line' as const, links: [] };

  it('leave those that are linked more than half of the room, however many have no link', () => {
    const graph = drawing(80);
    for (let at = 1; at < 40; at++) graph.addEdge(String(Math.floor(at / 3)), String(at), line);

    settle(graph, false);

    expect(far(graph, graph.filterNodes((id) => graph.degree(id) > 0)) / far(graph, graph.nodes())).toBeGreaterThan(0.6);
  });

  it('keep two that are linked with each other only near the rest', () => {
    const graph = drawing(62);
    for (let at = 1; at < 60; at++) for (const to of new Set([0, at % 4])) if (to !== at) graph.mergeEdge(String(to), String(at), line);
    graph.addEdge('60', '61', line);

    settle(graph, false);

    expect(far(graph, ['60', '61']) / far(graph, graph.filterNodes((id) => Number(id) < 60))).toBeLessThan(2);
  });
});

describe('names that find room', () => {
  const sheet = { width: 400, high: 400 };
  const wish = (text: string, x: number, y: number, size: number, more = {}) => ({ key: text, text, x, y, size, long: 80, high: 12, first: false, ahead: false, ...more });
  const told = (...all: ReturnType<typeof wish>[]) => placed(all, all, sheet).map(({ text, base }) => [text, base]);

  it('stand under their discs, those of larger discs first', () => {
    expect(told(wish('small', 100, 100, 6), wish('large', 300, 100, 10))).toEqual([['large', 124], ['small', 120]]);
  });

  it('stand over their discs where another name or disc is under them', () => {
    expect(told(wish('large', 100, 100, 10), wish('beside', 130, 98, 6))).toEqual([['large', 124], ['beside', 86]]);
    expect(placed([wish('one', 100, 100, 6)], [{ x: 100, y: 115, size: 6 }], sheet)[0]?.base).toBe(88);
  });

  it('are left out of a crowd, but for one that is picked', () => {
    const crowd = [wish('a', 100, 100, 9), wish('b', 102, 100, 8), wish('c', 104, 100, 7)];

    expect(told(...crowd).map(([text]) => text)).toEqual(['a', 'b']);
    expect(told(...crowd, wish('picked', 103, 100, 3, { first: true }))[0]).toEqual(['picked', 117]);
  });

  it('of those that are chosen come before others, and give way to each other by size', () => {
    const chosen = [wish('a', 100, 100, 5), wish('b', 102, 100, 6), wish('c', 104, 100, 4)].map((each) => ({ ...each, ahead: true }));

    expect(told(wish('large', 103, 100, 9), ...chosen).map(([text]) => text)).toEqual(['b', 'a']);
  });

  it('stay over discs at the foot of the drawing', () => {
    expect(told(wish('low', 100, 390, 6))).toEqual([['low', 378]]);
  });
});

describe('an answer by columns', () => {
  it('is the same records and links, which name the places of records', () => {
    const held = { relation: ['KNOWS'], weight: [2], count: [1], validFrom: [null], validTo: ['2026-01-01T00:00:00+00:00'] };

    expect(rowsOf({ records: { id: ['a', 'b'], type: ['T', 'U'], title: ['A', 'B'] }, links: { source: [1], target: [0], ...held } })).toEqual({
      records: [{ id: 'a', type: 'T', title: 'A', values: {} }, { id: 'b', type: 'U', title: 'B', values: {} }],
      links: [{ source: 'b', target: 'a', relation: 'KNOWS', weight: 2, count: 1, validFrom: null, validTo: '2026-01-01T00:00:00+00:00' }],
    });
  });
});
