/** A drawing as files: CSV tables, GraphML, SVG. Pure; every value is told apart from markup and formulas. */
import type { EdgeLook, NodeLook } from './looks';
import type { Points } from './layouts';
import type { LikelyLink } from './likely';
import type { SceneLink, SceneRecord } from './scene';
import type { Paint } from './colors';

const END = '\r\n';
/** Spreadsheets take a file with it for UTF-8, and one without for the letters of their own system. */
const UTF8 = '\ufeff';

/** A cell that a spreadsheet reads as text: never as a formula. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const table = (rows: readonly (readonly (string | number | null)[])[]): string => UTF8 + rows.map((row) => row.map(cell).join(',')).join(END) + END;

export const recordsCsv = (records: readonly SceneRecord[]): string =>
  table([['id', 'type', 'title'], ...records.map(({ id, type, title }) => [id, type, title])]);

/** Likely links are told apart by `inferred`; their weight is how likely they are. */
export const linksCsv = (links: readonly SceneLink[], likely: readonly LikelyLink[] = []): string =>
  table([
    ['source', 'target', 'relation', 'weight', 'count', 'validFrom', 'validTo', 'inferred'],
    ...links.map((link) => [link.source, link.target, link.relation, link.weight, link.count, link.validFrom, link.validTo, 'no']),
    ...likely.map(({ source, target, score }) => [source, target, null, score, null, null, null, 'yes']),
  ]);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- what XML does not have
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

const KEYS: [string, 'node' | 'edge', string][] = [
  ['title', 'node', 'string'], ['type', 'node', 'string'], ['relation', 'edge', 'string'], ['weight', 'edge', 'double'], ['count', 'edge', 'int'],
  ['validFrom', 'edge', 'string'], ['validTo', 'edge', 'string'], ['inferred', 'edge', 'boolean'],
];

const data = (key: string, value: string | number | null): string => (value === null ? '' : `<data key="${key}">${escaped(String(value))}</data>`);

export function graphml(records: readonly SceneRecord[], links: readonly SceneLink[], likely: readonly LikelyLink[] = []): string {
  const keys = KEYS.map(([name, on, type]) => `  <key id="${name}" for="${on}" attr.name="${name}" attr.type="${type}"/>`);
  const nodes = records.map(({ id, title, type }) => `    <node id="${escaped(id)}">${data('title', title)}${data('type', type)}</node>`);
  const edges = links.map(
    (link) =>
      `    <edge source="${escaped(link.source)}" target="${escaped(link.target)}">${data('relation', link.relation)}${data('weight', link.weight)}` +
      `${data('count', link.count)}${data('validFrom', link.validFrom)}${data('validTo', link.validTo)}${data('inferred', 'false')}</edge>`,
  );
  const guessed = likely.map(
    ({ source, target, score }) => `    <edge source="${escaped(source)}" target="${escaped(target)}">${data('weight', score)}${data('inferred', 'true')}</edge>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...keys,
    '  <graph edgedefault="directed">', ...nodes, ...edges, ...guessed, '  </graph>', '</graphml>', '',
  ].join('\n');
}

const GAPS: Partial<Record<EdgeLook['type'], string>> = { dashed: ' stroke-dasharray="5 4"', likely: ' stroke-dasharray="2 3"' };
const SIDE = 1400;
const MARGIN = 70;

/** The whole drawing as it stands, whatever part of it is in view. */
export function svg(nodes: ReadonlyMap<string, NodeLook>, edges: Iterable<EdgeLook>, places: Points, paint: Paint): string {
  const at = fitted(places);
  const lines = [...edges].flatMap(({ source, target, size, color, type }) => {
    const [a, b] = [at.get(source), at.get(target)];
    if (!a || !b) return [];
    const look = `stroke="${color}" stroke-width="${size}"${GAPS[type] ?? ''}`;
    return [`<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" ${look}/>`];
  });
  const discs = [...nodes].flatMap(([id, { size, color, label }]) => {
    const here = at.get(id);
    if (!here) return [];
    const words = `<text x="${here.x}" y="${here.y + size + 12}">\u2068${escaped(label)}\u2069</text>`;
    return [`<circle cx="${here.x}" cy="${here.y}" r="${size}" fill="${color}"/>${nodes.size > 400 ? '' : words}`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" font-family="Inter, Vazirmatn, sans-serif" font-size="11" fill="${paint.ink}" text-anchor="middle">`,
    `<rect width="100%" height="100%" fill="${paint.paper}"/>`, ...lines, ...discs, '</svg>', '',
  ].join('\n');
}

/** In a square of paper, y downwards. */
function fitted(places: Points): Points {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of places.values()) {
    [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
  }
  const scale = (SIDE - 2 * MARGIN) / Math.max(right - left, high - low, 1e-9);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const [across, down] = [(SIDE - (right - left) * scale) / 2, (SIDE - (high - low) * scale) / 2];
  const found: Points = new Map();
  for (const [id, { x, y }] of places) found.set(id, { x: round(across + (x - left) * scale), y: round(down + (high - y) * scale) });
  return found;
}
