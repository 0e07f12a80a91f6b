/** What came of a tile: its figures as a sheet, with the records behind each row and cell. */
import type { Head, Sheet } from '@/charts/sheet';
import type { Calendar } from '@/lib/settings';
import type { Row } from '@/meta/rows';
import type { EntityType, Field, Model } from '@/meta/model';
import type { Key, Measure, Tile } from './board';
import { figureName, keysAsked } from './compose';
import { fieldAt } from './fields';
import { following } from './spans';
import { all, ofGroup, type ToldKey, type Where } from './where';

type Told = { [name: string]: Told | number | string | null };

export interface ToldPart {
  totalCount?: number;
  aggregate?: Told;
  grouped?: { totalCount: number; rows: { keys: ToldKey[]; count: number; aggregate?: Told }[] };
  nodes?: Row[];
}

/** How the reader sees what is told. */
export interface Wording {
  calendar: Calendar;
  zone: string;
  key: (told: ToldKey, key: Key, field: Field) => string;
  measure: (measure: Measure) => string;
  show: (value: number, measure: Measure, short?: boolean) => string;
  others: string;
  before: string;
}

export interface Figures extends Sheet {
  /** Which records a row, or a cell of it, stands for; undefined where it stands for several groups. */
  fits: (row: number, column: number | null) => Where | undefined;
  /** How many groups there are, where not all are shown. */
  groups: number;
}

const MOST_COLUMNS = 7;

/** A figure of an aggregate; money and exact numbers come as text. */
export function valueOf(told: Told | undefined, measure: Measure, field: Field | undefined): number | null {
  if (measure.figure === 'count') return typeof told?.count === 'number' ? told.count : null;
  const home = measure.via ? told?.[measure.via] : told;
  const figures = (home as Told | undefined)?.[field?.name ?? ''] as Told | undefined;
  const value = figures?.[figureName(measure)];
  const amount = value && typeof value === 'object' ? value.amount : value;
  return amount === null || amount === undefined ? null : Number(amount);
}

const adds = ({ figure }: Measure): boolean => figure === 'count' || figure === 'sum';

interface Group {
  keys: ToldKey[];
  values: (number | null)[];
}

export function figuresOf(tile: Tile, model: Model, type: EntityType, part: ToldPart, before: ToldPart | undefined, words: Wording): Figures {
  const by = keysAsked(tile, type);
  const fields = by.map((key) => fieldAt(model, type, key));
  const measures = tile.source.measures;
  const groups: Group[] = (part.grouped?.rows ?? []).map((row) => ({
    keys: row.keys,
    values: measures.map((measure) => valueOf({ ...row.aggregate, count: row.count }, measure, fieldAt(model, type, measure))),
  }));
  const drawn = { tile, by, fields, words, groups: part.grouped?.totalCount ?? 0 };
  if (by.length === 2) return crossed(groups, drawn);
  const earlier = before?.grouped?.rows.map((row) => ({
    keys: row.keys,
    values: measures.slice(0, 1).map((measure) => valueOf({ ...row.aggregate, count: row.count }, measure, fieldAt(model, type, measure))),
  }));
  return single(groups, earlier, drawn);
}

interface Drawn {
  tile: Tile;
  by: Key[];
  fields: (Field | undefined)[];
  words: Wording;
  groups: number;
}

const idOf = (told: ToldKey | undefined): string => String(told?.from ?? told?.value ?? '');

/** Rows of one key, in order: periods as they follow one another, with those between in which nothing was. */
function headsOf(groups: readonly ToldKey[], place: number, { tile, by, fields, words }: Drawn): { told: ToldKey; head: Head }[] {
  const [key, field] = [by[place], fields[place]];
  if (!key || !field) return [];
  const seen = new Map(groups.map((told) => [idOf(told), told]));
  const told = key.unit ? inOrder([...seen.values()], key.unit, words.calendar) : [...seen.values()];
  if (tile.kind === 'funnel') told.sort(byChoice(field));
  return told.map((each) => ({ told: each, head: { id: idOf(each), label: words.key(each, key, field) } }));
}

/** Stages as the field has them; what is none of them stays behind, as it came. */
function byChoice(field: Field): (a: ToldKey, b: ToldKey) => number {
  const places = new Map((field.options.choices ?? []).map(({ value }, place) => [value, place]));
  const placeOf = (told: ToldKey) => places.get(idOf(told)) ?? places.size;
  return (a, b) => placeOf(a) - placeOf(b);
}

function inOrder(told: ToldKey[], unit: NonNullable<Key['unit']>, calendar: Calendar): ToldKey[] {
  const known = told.filter((each) => each.from).sort((a, b) => (a.from! < b.from! ? -1 : 1));
  const filled: ToldKey[] = [];
  for (const each of known) {
    let last = filled.at(-1);
    while (last?.until && last.until < each.from! && filled.length < 500) {
      const until = following(last.until, unit, calendar);
      last = { value: last.until, from: last.until, until };
      filled.push(last);
    }
    filled.push(each);
  }
  return filled;
}

function single(groups: Group[], earlier: Group[] | undefined, drawn: Drawn): Figures {
  const { tile, by, fields, words } = drawn;
  const timed = Boolean(by[0]?.unit);
  const measures = tile.source.measures;
  const heads = headsOf(groups.map((group) => group.keys[0]!), 0, drawn).slice(timed ? -keep(tile) : 0);
  const found = new Map(groups.map((group) => [idOf(group.keys[0]), group.values]));
  const empty = measures.map((measure) => (adds(measure) ? 0 : null));
  const cells = heads.map(({ head }) => [...(found.get(head.id) ?? empty)]);
  const columns = measures.map((measure, at) => ({ id: `m${at}`, label: words.measure(measure) }));
  const past = earlier && !timed ? new Map(earlier.map((group) => [idOf(group.keys[0]), group.values[0] ?? null])) : undefined;
  if (past && measures.length === 1) {
    columns.push({ id: 'before', label: words.before });
    cells.forEach((row, at) => row.push(past.get(heads[at]?.head.id ?? '') ?? 0));
  }
  const fit = (row: number): Where | undefined => {
    const told = heads[row]?.told;
    return told && by[0] && fields[0] ? ofGroup(by[0], fields[0], told, words.zone) : undefined;
  };
  return {
    rows: heads.map(({ head }) => head), columns, cells, timed, additive: measures.every(adds) && measures.length === 1 && !past,
    show: (value, column, short) => words.show(value, measures[Math.min(column, measures.length - 1)]!, short),
    fits: (row, column) => (columns[column ?? 0]?.id === 'before' ? undefined : fit(row)), groups: drawn.groups,
  };
}

const keep = (tile: Tile): number => (tile.kind === 'kpi' ? 13 : Math.max(tile.source.top, 12));

/** Two keys: rows by columns of the first measure; what is beyond the greatest is put together where it may be. */
function crossed(groups: Group[], drawn: Drawn): Figures {
  const { tile, by, fields, words } = drawn;
  const measure = tile.source.measures[0]!;
  const additive = adds(measure);
  const cells = new Map(groups.map((group) => [`${idOf(group.keys[0])}\n${idOf(group.keys[1])}`, group.values[0] ?? null]));
  const weight = (place: number) => {
    const sums = new Map<string, number>();
    for (const group of groups) {
      const id = idOf(group.keys[place]);
      sums.set(id, (sums.get(id) ?? 0) + Math.abs(group.values[0] ?? 0));
    }
    return sums;
  };
  const pick = (place: number, most: number) => {
    const heads = headsOf(groups.map((group) => group.keys[place]!), place, drawn);
    if (by[place]?.unit) return { shown: heads.slice(-Math.max(most, 12)), rest: [] };
    const sums = weight(place);
    const ranked = heads.sort((a, b) => (sums.get(b.head.id) ?? 0) - (sums.get(a.head.id) ?? 0));
    return { shown: ranked.slice(0, most), rest: additive ? ranked.slice(most) : [] };
  };
  const [rows, columns] = [pick(0, tile.source.top), pick(1, MOST_COLUMNS)];
  const at = (row: string, column: string): number | null => cells.get(`${row}\n${column}`) ?? (additive ? 0 : null);
  const line = (row: string): (number | null)[] => {
    const own = columns.shown.map(({ head }) => at(row, head.id));
    return columns.rest.length ? [...own, columns.rest.reduce((sum, { head }) => sum + (at(row, head.id) ?? 0), 0)] : own;
  };
  const fit = (place: number, told: ToldKey | undefined): Where | undefined =>
    told && by[place] && fields[place] ? ofGroup(by[place], fields[place], told, words.zone) : undefined;
  const others: Head = { id: 'others', label: words.others };
  return {
    rows: rows.shown.map(({ head }) => head),
    columns: [...columns.shown.map(({ head }) => head), ...(columns.rest.length ? [others] : [])],
    cells: rows.shown.map(({ head }) => line(head.id)),
    timed: Boolean(by[0]?.unit), additive,
    show: (value, _, short) => words.show(value, measure, short),
    fits: (row, column) => {
      const second = column === null ? undefined : columns.shown[column];
      if (column !== null && !second) return undefined;
      const parts = [fit(0, rows.shown[row]?.told), second && fit(1, second.told)];
      return all(parts);
    },
    groups: drawn.groups,
  };
}
