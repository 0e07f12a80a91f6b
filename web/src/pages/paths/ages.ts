/** Since when the links of ways hold: one operation, written from the model, over all steps of all ways. */
import { relationNamed, typeNamed, type EntityType, type Model } from '@/meta/model';
import type { Found } from './ways';

export interface AgesQuery {
  query: string;
  variables: Record<string, string>;
  /** By the alias of each step: what it is called, and what is asked of its relations, by the names of their sides. */
  about: Record<string, { step: string; sides: Record<string, Asked> }>;
}

interface Asked {
  relation: string;
  /** The field of its links that tells since when they hold; null where none does. */
  since: string | null;
}

export interface Age {
  relation: string;
  /** Null where its links do not tell. */
  since: string | null;
}

/** What is told of a step: the links that join its records. */
export type Ages = Record<string, Age[]>;

/** Each step is asked for under an alias of its own, of which an operation has a hundred at most. */
const MOST_STEPS = 100;
/** Lists of links in one operation: more would cost more than anybody waits for. */
const MOST_LISTS = 150;

export const stepKey = (source: string, target: string): string => `${source} ${target}`;

/** Null where there is nothing to ask. */
export function agesQuery(ways: readonly Found[], model: Model, asOf: string): AgesQuery | null {
  const variables: Record<string, string> = asOf ? { asOf: `${asOf}T23:59:59Z` } : {};
  const about: AgesQuery['about'] = {};
  const types = new Map(ways.flatMap(({ records }) => records.map(({ id, type }) => [id, type] as const)));
  const seen = new Set<string>();
  const asking: string[] = [];
  let lists = 0;
  for (const { source, target, relations } of ways.flatMap(({ steps }) => steps)) {
    const step = stepKey(source, target);
    const from = typeNamed(model, types.get(source) ?? '');
    if (!from || seen.has(step)) continue;
    seen.add(step);
    const sides = sidesTo(from, types.get(target) ?? '', relations);
    if (!sides.length || asking.length === MOST_STEPS || lists + sides.length > MOST_LISTS) continue;
    lists += sides.length;
    const place = asking.length;
    variables[`s${place}`] = source;
    variables[`t${place}`] = target;
    const told = sides.map(({ name, relation }) => [name, { relation, since: datedBy(model, relation) }] as const);
    about[`r${place}`] = { step, sides: Object.fromEntries(told) };
    const links = told.map(([name, { since }]) => `${name}(where: { node: { id: { eq: $t${place} } } }, first: 1) { edges { link { id${since ? ` ${since}` : ''} } } }`);
    asking.push(`r${place}: ${from.one}(id: $s${place}${asOf ? ', asOf: $asOf' : ''}) { ${links.join(' ')} }`);
  }
  if (!asking.length) return null;
  const declared = Object.keys(variables).map((name) => `$${name}: ${name === 'asOf' ? 'DateTime' : 'ID!'}`);
  return { query: `query Ages(${declared.join(', ')}) { ${asking.join(' ')} }`, variables, about };
}

/** What tells since when a link of the relation holds: its time, else its first date; when it was written down says nothing. */
function datedBy(model: Model, name: string): string | null {
  const relation = relationNamed(model, name);
  if (!relation) return null;
  if (relation.validity !== 'NONE') return 'validFrom';
  return relation.fields.find(({ kind }) => kind === 'date' || kind === 'dateTime')?.name ?? null;
}

function sidesTo(from: EntityType, to: string, relations: readonly string[]) {
  return from.relations.filter((side) => side.types.includes(to) && (!relations.length || relations.includes(side.relation)));
}

type Told = Record<string, Record<string, { edges: { link: Record<string, string | null> }[] }> | null>;

export function agesOf(told: Told, about: AgesQuery['about']): Ages {
  const ages: Ages = {};
  for (const [alias, answers] of Object.entries(told)) {
    for (const [side, { edges }] of Object.entries(answers ?? {})) {
      const asked = about[alias]?.sides[side];
      const link = edges[0]?.link;
      if (link && asked && about[alias]) (ages[about[alias].step] ??= []).push({ relation: asked.relation, since: (asked.since && link[asked.since]) ?? null });
    }
  }
  return ages;
}

/** Since when a whole way holds: since its youngest link does; null where that of one is not known. */
export function heldSince(way: Found, ages: Ages): string | null {
  const days = way.steps.map(({ source, target }) => eldest(ages[stepKey(source, target)] ?? []));
  return days.some((day) => !day) ? null : days.sort().at(-1) ?? null;
}

/** Since when the first of several links has held. */
export const eldest = (ages: readonly Age[]): string =>
  ages.flatMap(({ since }) => (since ? [since] : [])).sort()[0] ?? '';
