/** A dashboard as it is saved: tiles in their order, each with its place in twelve columns and what it asks for. */
import type { Condition } from '@/meta/filters';

export const TILE_KINDS = [
  'kpi', 'bar', 'line', 'area', 'pie', 'pivot', 'funnel', 'cohort', 'sankey', 'table', 'graph', 'text',
] as const;
export type TileKind = (typeof TILE_KINDS)[number];

export const FIGURES = ['count', 'sum', 'average', 'median', 'percentile', 'min', 'max', 'countDistinct'] as const;
export type Figure = (typeof FIGURES)[number];

export const UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type Unit = (typeof UNITS)[number];

export const SPANS = [
  'ALL', 'DAYS_30', 'DAYS_90', 'MONTHS_12', 'THIS_MONTH', 'LAST_MONTH', 'THIS_QUARTER', 'LAST_QUARTER', 'THIS_YEAR', 'LAST_YEAR',
] as const;
export type SpanName = (typeof SPANS)[number];

/** What is counted or added up: of the records themselves, or over a relation of theirs. */
export interface Measure {
  figure: Figure;
  field?: string;
  via?: string;
  /** Which percentile, 1 to 99. */
  percent?: number;
}

/** What records are grouped by: a field of theirs, or of what a relation leads to. */
export interface Key {
  field: string;
  via?: string;
  unit?: Unit;
  /** How wide a group of numbers is. */
  width?: string;
}

export interface Source {
  type: string;
  /** Conditions field by field, all of which hold. */
  filter: Condition[];
  /** A filter in the expression language. */
  text: string;
  /** The name of a saved query. */
  segment: string;
  measures: Measure[];
  by: Key[];
  /** How many groups or records are shown. */
  top: number;
  /** Only groups whose first measure comes to at least this. */
  least: string;
  /** The field by which a record belongs to a period. */
  date: string;
  span: SpanName;
  /** Beside the period before. */
  compare: boolean;
  /** Of a table, its columns; of a graph, the relation that is drawn. */
  fields: string[];
  link: string;
}

export interface Tile {
  id: string;
  kind: TileKind;
  /** Empty where the tile is named by what it shows. */
  title: string;
  width: number;
  height: number;
  text: string;
  target: string;
  source: Source;
}

export interface Board {
  tiles: Tile[];
}

export const WIDTHS = [3, 4, 6, 8, 9, 12] as const;
export const HEIGHTS = [1, 2, 3, 4] as const;
const SIZE: Partial<Record<TileKind, [number, number]>> = { kpi: [3, 1], text: [6, 1], pie: [4, 2], pivot: [12, 2], cohort: [12, 3], graph: [6, 3] };

export const freshSource = (type: string): Source => ({
  type, filter: [], text: '', segment: '', measures: [{ figure: 'count' }], by: [], top: 10, least: '', date: '', span: 'ALL', compare: false, fields: [], link: '',
});

export function freshTile(kind: TileKind, source: Source, id: string = crypto.randomUUID().slice(0, 8)): Tile {
  const [width, height] = SIZE[kind] ?? [6, 2];
  return { id, kind, title: '', width, height, text: '', target: '', source };
}

/** How many keys a kind of tile groups by: at least and at most. */
export function keysOf(kind: TileKind): [number, number] {
  if (kind === 'kpi' || kind === 'text' || kind === 'table' || kind === 'graph') return [0, 0];
  if (kind === 'pie' || kind === 'funnel') return [1, 1];
  return kind === 'cohort' || kind === 'sankey' ? [2, 2] : [1, 2];
}

export const asks = (tile: Tile): boolean => tile.kind !== 'text';

type Plain = Record<string, unknown>;

const plain = (value: unknown): Plain => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Plain) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const among = <T extends string>(all: readonly T[], value: unknown, standard: T): T => all.find((each) => each === value) ?? standard;
const within = (value: unknown, low: number, high: number, standard: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(low, Math.min(Math.round(value), high)) : standard;

/** A dashboard from what was kept, whoever wrote it: what cannot be read is left out. */
export function boardOf(body: unknown): Board {
  return { tiles: list(plain(body).tiles).map((each) => tileOf(plain(each))) };
}

function tileOf(given: Plain): Tile {
  const kind = among(TILE_KINDS, given.kind, 'text');
  const fresh = freshTile(kind, sourceOf(plain(given.source)), words(given.id) || undefined);
  return {
    ...fresh,
    title: words(given.title),
    width: within(given.width, 3, 12, fresh.width),
    height: within(given.height, 1, 4, fresh.height),
    text: words(given.text),
    target: words(given.target),
  };
}

function sourceOf(given: Plain): Source {
  return {
    type: words(given.type),
    filter: list(given.filter).map(plain).filter(isCondition),
    text: words(given.text),
    segment: words(given.segment),
    measures: list(given.measures).map((each) => measureOf(plain(each))),
    by: list(given.by).slice(0, 2).map((each) => keyOf(plain(each))),
    top: within(given.top, 1, 100, 10),
    least: words(given.least),
    date: words(given.date),
    span: among(SPANS, given.span, 'ALL'),
    compare: given.compare === true,
    fields: list(given.fields).map(words).filter(Boolean),
    link: words(given.link),
  };
}

const isCondition = (given: Plain): given is Plain & Condition => words(given.field) !== '' && words(given.operator) !== '';

function measureOf(given: Plain): Measure {
  const made: Measure = { figure: among(FIGURES, given.figure, 'count') };
  if (words(given.field)) made.field = words(given.field);
  if (words(given.via)) made.via = words(given.via);
  if (made.figure === 'percentile') made.percent = within(given.percent, 1, 99, 90);
  return made;
}

function keyOf(given: Plain): Key {
  const made: Key = { field: words(given.field) };
  if (words(given.via)) made.via = words(given.via);
  if (given.unit) made.unit = among(UNITS, given.unit, 'MONTH');
  if (words(given.width)) made.width = words(given.width);
  return made;
}

/** The tiles with one of them moved before or behind another. */
export function moved(tiles: readonly Tile[], from: string, to: string): Tile[] {
  const [start, end] = [tiles.findIndex((tile) => tile.id === from), tiles.findIndex((tile) => tile.id === to)];
  const next = [...tiles];
  if (start < 0 || end < 0) return next;
  next.splice(end, 0, ...next.splice(start, 1));
  return next;
}
