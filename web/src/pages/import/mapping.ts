/** A mapping as plain data, as `xrm import` has it, and the ways in which the pages change it. */
import type { Guess } from './api';

export type Steps = { date?: string; map?: Record<string, unknown>; other?: unknown };
export type Value = string | (Record<string, unknown> & Steps);
export type End = string | { type: string; by: Record<string, Value> };

export interface RecordRule {
  type: string;
  key: string[];
  fields: Record<string, Value>;
}

export interface LinkRule {
  relation: string;
  from: End;
  to: End;
  fields?: Record<string, Value>;
}

export interface Source {
  file: string;
  encoding?: string;
  delimiter?: string;
  records?: Record<string, RecordRule>;
  links?: LinkRule[];
}

export interface Mapping {
  name: string;
  existing?: 'update' | 'keep';
  nulls?: string[];
  sources: Record<string, Source>;
}

/** What a row's record is called in mappings that are made here. */
export const RECORD = 'record';

/** The columns a value is made of; of templates and computations those that can be seen. */
export function columnsOf(value: Value): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value.column === 'string') return [value.column];
  if (Array.isArray(value.join)) return value.join.map(String);
  if (typeof value.template === 'string') return [...value.template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name.trim());
  return [];
}

/** Whether a value is a column as it stands, with or without steps, so that it can be changed here. */
export const isPlain = (value: Value): boolean => typeof value === 'string' || typeof value.column === 'string';

export const stepsOf = (value: Value | undefined): Steps => (value === undefined || typeof value === 'string' ? {} : value);

export function firstRule(source: Source | undefined): [string, RecordRule] | undefined {
  return Object.entries(source?.records ?? {})[0];
}

export const nameOfFile = (mapping: Mapping, file: string): string | undefined =>
  Object.entries(mapping.sources).find(([, source]) => source.file === file)?.[0];

/** The field of the row's record that a column is, where it is one as it stands. */
export function fieldOf(rule: RecordRule, column: string): string | undefined {
  const found = Object.entries(rule.fields).filter(([, value]) => isPlain(value) && columnsOf(value)[0] === column);
  return (found.find(([name]) => !rule.key.includes(name)) ?? found[0])?.[0];
}

/** All fields that a column is part of. */
export const fieldsOf = (rule: RecordRule, column: string): string[] =>
  Object.entries(rule.fields).flatMap(([name, value]) => (columnsOf(value).includes(column) ? [name] : []));

function withSource(mapping: Mapping, name: string, change: (source: Source) => Source): Mapping {
  const source = mapping.sources[name];
  return source ? { ...mapping, sources: { ...mapping.sources, [name]: change(source) } } : mapping;
}

function withRule(mapping: Mapping, name: string, change: (rule: RecordRule) => RecordRule): Mapping {
  return withSource(mapping, name, (source) => {
    const found = firstRule(source);
    return found ? { ...source, records: { ...source.records, [found[0]]: change(found[1]) } } : source;
  });
}

/** A column becomes a field of the record, in the place of what either was; no field takes it out. */
export function assign(mapping: Mapping, name: string, column: string, field: string | undefined, steps: Steps = {}): Mapping {
  return withRule(mapping, name, (rule) => {
    const was = fieldOf(rule, column);
    const fields = Object.fromEntries(Object.entries(rule.fields).filter(([each]) => each !== was && each !== field));
    if (field) fields[field] = Object.keys(steps).length ? { column, ...steps } : column;
    return { ...rule, fields, key: rule.key.filter((each) => each in fields) };
  });
}

export const withDate = (mapping: Mapping, name: string, column: string, field: string, date: string): Mapping =>
  assign(mapping, name, column, field, date ? { date } : {});

/** Records are recognised by these fields; `standIn` is also the value of those that no column has become. */
export const withKey = (mapping: Mapping, name: string, key: string[], standIn?: Value): Mapping =>
  withRule(mapping, name, (rule) => {
    const missing = standIn === undefined ? [] : key.filter((each) => !(each in rule.fields));
    return { ...rule, key, fields: { ...rule.fields, ...Object.fromEntries(missing.map((each) => [each, standIn!])) } };
  });

/** A file means what the server guesses of it, or nothing. */
export function withFile(mapping: Mapping, name: string, source: Source | undefined): Mapping {
  const sources = { ...mapping.sources };
  if (source) sources[name] = source;
  else delete sources[name];
  return { ...mapping, sources };
}

export const withLink = (mapping: Mapping, name: string, link: LinkRule): Mapping =>
  withSource(mapping, name, (source) => ({ ...source, links: [...(source.links ?? []), link] }));

export function changeLink(mapping: Mapping, name: string, place: number, link: LinkRule | undefined): Mapping {
  return withSource(mapping, name, (source) => {
    const links = [...(source.links ?? [])];
    links.splice(place, 1, ...(link ? [link] : []));
    const { links: _, ...rest } = source;
    return links.length ? { ...rest, links } : rest;
  });
}

/** The column by which an end is found, where it is found by one. */
export function columnOfEnd(end: End): string {
  if (typeof end === 'string') return '';
  const value = Object.values(end.by)[0];
  return value === undefined ? '' : (columnsOf(value)[0] ?? '');
}

export const endBy = (type: string, field: string, column: string): End => ({ type, by: { [field]: column } });

export const withExisting = (mapping: Mapping, existing: 'update' | 'keep'): Mapping => ({ ...mapping, existing });

/** The links that a column names an end of. */
export const linksBy = (source: Source | undefined, column: string): LinkRule[] =>
  (source?.links ?? []).filter((link) => [link.from, link.to].some((end) => columnOfEnd(end) === column));

/** Whether a column still becomes what was guessed of it, and not what somebody chose instead. */
export function followed({ column, field, relation }: Pick<Guess, 'column' | 'field' | 'relation'>, source: Source | undefined, rule: RecordRule | undefined): boolean {
  const links = relation !== null && linksBy(source, column).some((link) => link.relation === relation);
  return links || (field !== null && rule !== undefined && fieldsOf(rule, column).includes(field));
}

/** Whether a file's rows become something: links alone, or records that can be recognised. */
export function isFinished(source: Source | undefined): boolean {
  const rule = firstRule(source)?.[1];
  return rule ? rule.key.length > 0 && Object.keys(rule.fields).length > 0 : Boolean(source?.links?.length);
}

/** Whether there is something to import, and enough is said of all of it. */
export function isReady(mapping: Mapping | null | undefined): boolean {
  const sources = Object.values(mapping?.sources ?? {});
  return sources.length > 0 && sources.every(isFinished);
}
