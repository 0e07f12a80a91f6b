/** Conditions as people set them, and the typed filter of the API that they become. */
import { parseDate, parseDateTime, toZoned } from '@internationalized/date';
import { typeNamed, type EntityType, type Field, type Model, type Side } from './model';

export type Operator =
  | 'contains' | 'begins' | 'is' | 'least' | 'most' | 'between' | 'anyOf' | 'noneOf' | 'during' | 'near' | 'inBox' | 'empty' | 'filled'
  | 'some' | 'every' | 'none' | 'count';

/** How the records at the other end of a relation are asked for. */
export const QUANTIFIERS = ['some', 'every', 'none', 'count'] as const satisfies readonly Operator[];

/** What is asked of the records at the other end, and of how many of them there are. */
export interface Linked {
  type: string;
  conditions: Condition[];
  least?: string;
  most?: string;
}

/** Where relations lead from a type. */
export interface Around {
  type: EntityType;
  model: Model;
}

export interface Condition {
  field: string;
  operator: Operator;
  value?: unknown;
}

export interface Range {
  from: string;
  to: string;
}

/** So many kilometres around a point, as they are typed. */
export interface Circle {
  latitude: string;
  longitude: string;
  km: string;
}

/** Between two corners, as they are typed. */
export interface Box {
  south: string;
  west: string;
  north: string;
  east: string;
}

export const PERIODS = [
  'TODAY', 'YESTERDAY', 'THIS_WEEK', 'LAST_WEEK', 'THIS_MONTH', 'LAST_MONTH', 'THIS_QUARTER', 'LAST_QUARTER', 'THIS_YEAR', 'LAST_YEAR',
] as const;

export type Where = Record<string, unknown>;

/** A condition says something once its value is there. */
export function isWhole({ operator, value }: Condition): boolean {
  if (operator === 'empty' || operator === 'filled') return true;
  if (operator === 'between') return Boolean((value as Range | undefined)?.from && (value as Range).to);
  if (isQuantifier(operator)) return isWholeLinked(operator, value as Linked | undefined);
  if (operator === 'near') return areNumbers(value, ['latitude', 'longitude', 'km']);
  if (operator === 'inBox') return areNumbers(value, ['south', 'west', 'north', 'east']);
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

export const isQuantifier = (operator: Operator): boolean => QUANTIFIERS.some((each) => each === operator);

function isWholeLinked(operator: Operator, linked: Linked | undefined): boolean {
  if (!linked?.type || !linked.conditions.every(isWhole)) return false;
  if (operator === 'count') return Boolean(linked.least || linked.most);
  return operator !== 'every' || linked.conditions.length > 0;
}

function areNumbers(value: unknown, names: readonly string[]): boolean {
  const held = (value ?? {}) as Record<string, unknown>;
  return names.every((name) => held[name] !== undefined && held[name] !== '' && Number.isFinite(Number(held[name])));
}

/** What meets both; either may ask for nothing. */
export function both(one: Where | undefined, other: Where | undefined): Where | undefined {
  return one && other ? { and: [one, other] } : (one ?? other);
}

/** The typed filter that conditions become; days begin and end in the reader's time zone. */
export function whereOf(conditions: readonly Condition[], fields: readonly Field[], zone = 'UTC', around?: Around): Where | undefined {
  const known = new Map(fields.map((field) => [field.name, field]));
  const parts = conditions.flatMap((condition) => {
    if (!isWhole(condition)) return [];
    const side = isQuantifier(condition.operator) && around?.type.relations.find((each) => each.name === condition.field);
    if (side && around) return [{ [side.name]: linkedWhere(condition, side, zone, around.model) }];
    const field = known.get(condition.field);
    return field && !isQuantifier(condition.operator) && hasDays(condition, field) ? [{ [field.name]: comparison(condition, field, zone) }] : [];
  });
  if (!parts.length) return undefined;
  return parts.length === 1 ? parts[0] : { and: parts };
}

const BY_DAY: readonly Operator[] = ['least', 'most', 'between'];

/** Whether bounds of moments are days; of other fields the API says what is wrong. */
function hasDays({ operator, value }: Condition, field: Field): boolean {
  if (field.kind !== 'dateTime' || !BY_DAY.includes(operator)) return true;
  const days = operator === 'between' ? [(value as Range).from, (value as Range).to] : [value];
  return days.every(isDay);
}

function isDay(value: unknown): boolean {
  try {
    return Boolean(parseDate(String(value)));
  } catch {
    return false;
  }
}

/** A relation's own part of a filter; where it leads to several types, the far records are those of one of them. */
function linkedWhere({ operator, value }: Condition, side: Side, zone: string, model: Model): Where {
  const { type: name, conditions, least, most } = value as Linked;
  const type = typeNamed(model, name);
  const asked = type && whereOf(conditions, type.fields, zone, { type, model });
  const node = type && side.types.length > 1 ? { is: { [type.one]: asked ?? {} } } : asked;
  const far = node ? { node } : {};
  if (operator !== 'count') return { [operator]: far };
  return { count: { ...(node ? { where: far } : {}), ...(least ? { gte: Number(least) } : {}), ...(most ? { lte: Number(most) } : {}) } };
}

function comparison({ operator, value }: Condition, field: Field, zone: string): Where {
  const whole = field.kind === 'integer';
  const one = (given: unknown): unknown => (whole ? Number(given) : given);
  const range = value as Range;
  switch (operator) {
    case 'contains':
      return { containsIgnoreCase: value };
    case 'begins':
      return { startsWithIgnoreCase: value };
    case 'is':
      return { eq: one(value) };
    case 'least':
      return { gte: bound(one(value), field, zone) };
    case 'most':
      return field.kind === 'dateTime' ? { lt: dayAfter(String(value), zone) } : { lte: one(value) };
    case 'between':
      return within(range, field, zone, one);
    case 'anyOf':
      return field.isList ? { hasAny: value } : { in: value };
    case 'noneOf':
      return { notIn: value };
    case 'during':
      return { during: value };
    case 'near':
      return inCircle(value as Circle);
    case 'inBox':
      return between(value as Box);
    case 'empty':
      return { isNull: true };
    default:
      return { isNull: false };
  }
}

const inCircle = ({ latitude, longitude, km }: Circle): Where => ({
  near: { point: { latitude: Number(latitude), longitude: Number(longitude) }, within: Number(km) * 1000 },
});

const between = ({ south, west, north, east }: Box): Where => ({
  inBox: { southWest: { latitude: Number(south), longitude: Number(west) }, northEast: { latitude: Number(north), longitude: Number(east) } },
});

/** From one value to another, both included; of moments the whole last day. */
export function within({ from, to }: Range, field: Field, zone: string, one = (given: unknown): unknown => given): Where {
  if (field.kind === 'dateTime') return { gte: bound(from, field, zone), lt: dayAfter(to, zone) };
  return { between: { from: one(from), to: one(to) } };
}

/** A day stands for its first moment where the field keeps moments. */
const bound = (value: unknown, field: Field, zone: string): unknown =>
  field.kind === 'dateTime' ? firstMoment(String(value), zone) : value;

const dayAfter = (day: string, zone: string): string => firstMoment(parseDate(day).add({ days: 1 }).toString(), zone);

export const firstMoment = (day: string, zone: string): string =>
  toZoned(parseDateTime(`${day}T00:00:00`), zone).toAbsoluteString();
