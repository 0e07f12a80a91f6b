/** All tiles of a dashboard as one operation: each asks under names of its own. */
import { whereOf as whereOfConditions } from '@/meta/filters';
import { kindOf } from '@/meta/kinds';
import { typeNamed, type EntityType, type Field, type Model } from '@/meta/model';
import type { Calendar } from '@/lib/settings';
import type { Key, Measure, Source, SpanName, Tile } from './board';
import { dateField, fieldAt } from './fields';
import { spansOf, type Span } from './spans';
import { all, during, ofSegment, type Where } from './where';

/** A condition that a click has put on all tiles of a type. */
export interface Cross {
  type: string;
  where: Where;
  words: string;
}

/** What besides the tiles decides what is asked. */
export interface Around {
  model: Model;
  calendar: Calendar;
  zone: string;
  today: string;
  span: SpanName;
  cross: readonly Cross[];
  /** The moment whose figures are asked, as they were known then; null for those of now. */
  at: string | null;
}

/** One list that a tile asks for. Tiles that ask the same records for the same groups ask once, for all their figures. */
export interface Part {
  tile: string;
  slot: 'now' | 'before';
  list: string;
  filter: string;
  where: Where | undefined;
  text: string;
  /** Order and number of the records. */
  args: string;
  /** What is asked besides figures. */
  plain: string;
  figures: string[];
  /** The arguments of its groups; empty where there are none. */
  groups: string;
}

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
  /** Under which name a tile's part comes. */
  aliases: { tile: string; slot: Part['slot']; alias: string }[];
  /** How many lists it asks for. */
  lists: number;
}

const MOST_PAIRS = 1_000;
const MOST_PERIODS = 400;
const NEAR = 6;

/** The days a tile is about, and those before them; null where it is about all. */
export const spansFor = (tile: Tile, around: Around) =>
  spansOf(around.span === 'ALL' ? tile.source.span : around.span, around.today, around.calendar);

/** Which records of its type a tile is about. */
export function whereOf(tile: Tile, type: EntityType, around: Around, span: Span | undefined): Where | undefined {
  const day = dateField(type, tile.source);
  const crossed = around.cross.filter((each) => each.type === type.name).map((each) => each.where);
  const filter = whereOfConditions(tile.source.filter, type.fields, around.zone, { type, model: around.model });
  return all([ofSegment(tile.source), filter, day && span ? during(day, span, around.zone) : undefined, ...crossed]);
}

/** The lists that a tile asks for; it must fit the model. */
export function partsOf(tile: Tile, around: Around): Part[] {
  const type = typeNamed(around.model, tile.source.type);
  if (!type) return [];
  const spans = spansFor(tile, around);
  const listed = tile.kind === 'table' || tile.kind === 'graph';
  const by = listed ? [] : keysAsked(tile, type);
  const part = (slot: Part['slot'], span: Span | undefined): Part => ({
    tile: tile.id, slot, list: type.many, filter: `${type.name}Filter`,
    where: whereOf(tile, type, around, span), text: tile.source.text.trim(),
    args: listed ? `${orderOf(type, tile)}, first: ${tile.source.top}` : ', first: 0',
    plain: listed ? nodesAsked(tile, type) : '',
    figures: listed ? [] : tile.source.measures.map((each) => figure(each, type, around.model)).filter(Boolean),
    groups: by.length && !(slot === 'before' && tile.kind === 'kpi') ? groupsOf(tile, by, type, around) : '',
  });
  const before = tile.source.compare && spans && dateField(type, tile.source);
  return before ? [part('now', spans.now), part('before', spans.before)] : [part('now', spans?.now)];
}

export function operationOf(parts: readonly Part[], at: string | null): Operation {
  const asked = new Map<string, Part[]>();
  for (const part of parts) {
    const { list, where, text, args, plain, groups } = part;
    const key = JSON.stringify([list, where, text, args, plain, groups]);
    asked.set(key, [...(asked.get(key) ?? []), part]);
  }
  const fields: string[] = [];
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const then = at ? ', knownAt: $at' : '';
  const aliases: Operation['aliases'] = [];
  [...asked.values()].forEach((same, place) => {
    const { list, filter, where, text, args, plain, groups } = same[0]!;
    const figures = [...new Set(same.flatMap((part) => part.figures))].join(' ');
    const aggregate = plain ? '' : `aggregate { count ${figures} }`;
    const grouped = groups ? `grouped(${groups}) { totalCount rows { keys { value from until } count ${figures && `aggregate { ${figures} }`} } }` : '';
    declared.push(`$w${place}: ${filter}`, ...(text ? [`$t${place}: FilterText`] : []));
    variables[`w${place}`] = where ?? null;
    if (text) variables[`t${place}`] = text;
    fields.push(`a${place}: ${list}(where: $w${place}${text && `, whereText: $t${place}`}${args}${then}) { ${plain}${aggregate} ${grouped} }`);
    for (const { tile, slot } of same) aliases.push({ tile, slot, alias: `a${place}` });
  });
  if (at) {
    declared.push('$at: DateTime');
    variables.at = at;
  }
  return { query: `query Tiles(${declared.join(', ')}) {\n${fields.join('\n')}\n}`, variables, aliases, lists: asked.size };
}

const nodesAsked = (tile: Tile, type: EntityType): string =>
  tile.kind === 'table'
    ? `totalCount nodes { id displayName ${columns(tile, type)} }`
    : `totalCount nodes { id displayName ${tile.source.link}(first: ${NEAR}) { nodes { __typename id displayName } } }`;

/** A figure that is set beside a period is shown with how it went, month by month. */
export function keysAsked(tile: Tile, type: EntityType): Key[] {
  if (tile.kind !== 'kpi') return tile.source.by;
  const day = dateField(type, tile.source);
  return day ? [{ field: day.name, unit: 'MONTH' }] : [];
}

const columns = (tile: Tile, type: EntityType): string =>
  tile.source.fields.flatMap((name) => type.fields.filter((field) => field.name === name)).map((field) => kindOf(field).select(field.name)).join(' ');

function orderOf(type: EntityType, tile: Tile): string {
  const measured = tile.source.measures[0]?.field;
  const field = type.fields.find((each) => each.name === measured);
  if (tile.kind === 'table' && field) return `, orderBy: [{ ${field.name}: DESC }]`;
  const own = type.order[0];
  return own ? `, orderBy: [{ ${own.field}: ${own.direction.toUpperCase()} }]` : '';
}

/** The name under which a figure comes. */
export const figureName = ({ figure: name, percent }: Measure): string => (name === 'percentile' ? `p${percent ?? 90}` : name);

function figure(measure: Measure, type: EntityType, model: Model): string {
  const field = fieldAt(model, type, measure);
  if (measure.figure === 'count' || !field) return '';
  const name = measure.figure === 'percentile' ? `${figureName(measure)}: percentile(p: ${(measure.percent ?? 90) / 100})` : measure.figure;
  const inner = `${field.name} { ${name}${selection(field, measure)} }`;
  return measure.via ? `${measure.via} { ${inner} }` : inner;
}

const selection = (field: Field, { figure: name }: Measure): string => (field.kind === 'money' && name !== 'countDistinct' ? ' { amount }' : '');

function groupsOf(tile: Tile, by: readonly Key[], type: EntityType, around: Around): string {
  const calendar = around.calendar === 'persian' ? ', calendar: PERSIAN' : '';
  const having = tile.kind === 'kpi' ? '' : havingOf(tile.source, type, around.model);
  const order = by[0]?.unit ? '{ groupKey: { key1: DESC } }' : rank(tile.source.measures[0], around.model, type);
  const first = by.length > 1 ? MOST_PAIRS : by[0]?.unit ? MOST_PERIODS : tile.source.top;
  return `by: [${by.map(keyAsked).join(', ')}], first: ${first}, orderBy: [${order}]${having}${calendar}`;
}

function keyAsked({ field, via, unit, width }: Key): string {
  const own = `{ ${field}: ${unit ?? (width ? `{ width: "${width}" }` : 'VALUE')} }`;
  return via ? `{ ${via}: { node: ${own} } }` : own;
}

/** The greatest groups first; where a figure goes over a relation, those with most records. */
function rank(measure: Measure | undefined, model: Model, type: EntityType): string {
  const ranked = measure && !measure.via && measure.figure !== 'percentile' && fieldAt(model, type, measure);
  return ranked ? `{ ${ranked.name}: { ${measure.figure}: DESC } }` : '{ count: DESC }';
}

function havingOf(source: Source, type: EntityType, model: Model): string {
  const [measure] = source.measures;
  if (!measure || measure.via || !/^-?\d+(\.\d+)?$/.test(source.least)) return '';
  const field = fieldAt(model, type, measure);
  if (!field || measure.figure === 'count') return `, having: { count: { gte: ${Math.round(Number(source.least))} } }`;
  const whole = measure.figure === 'countDistinct' || (field.kind === 'integer' && (measure.figure === 'sum' || measure.figure === 'min' || measure.figure === 'max'));
  return measure.figure === 'percentile' ? '' : `, having: { ${field.name}: { ${measure.figure}: { gte: ${whole ? source.least : `"${source.least}"`} } } }`;
}
