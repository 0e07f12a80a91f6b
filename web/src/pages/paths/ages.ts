/** Since when the links of ways hold: one operation, written from the model, over all steps of all ways. */
import { relationNamed, typeNamed, type EntityType, type Model } from '@/meta/model';
import type { Found } from './ways';

export interface AgesQuery {
  query: string;
  variables: Record<string, string>;
  /** By the alias of each question: which step it is about, and along which relation. */
  about: Record<string, { step: string; relation: string }>;
}

export interface Age {
  relation: string;
  /** Null where its links do not tell. */
  since: string | null;
}

/** What is told of a step: the links that join its records. */
export type Ages = Record<string, Age[]>;

const MOST = 150;

export const stepKey = (source: string, target: string): string => `${source} ${target}`;

/** Null where there is nothing to ask. */
export function agesQuery(ways: readonly Found[], model: Model, asOf: string): AgesQuery | null {
  const variables: Record<string, string> = asOf ? { asOf: `${asOf}T23:59:59Z` } : {};
  const about: AgesQuery['about'] = {};
  const types = new Map(ways.flatMap(({ records }) => records.map(({ id, type }) => [id, type] as const)));
  const seen = new Set<string>();
  const asking: string[] = [];
  for (const { source, target, relations } of ways.flatMap(({ steps }) => steps)) {
    const step = stepKey(source, target);
    const from = typeNamed(model, types.get(source) ?? '');
    if (!from || seen.has(step)) continue;
    seen.add(step);
    const sides = sidesTo(from, types.get(target) ?? '', relations);
    if (!sides.length || Object.keys(about).length + sides.length > MOST) continue;
    const place = asking.length;
    variables[`s${place}`] = source;
    variables[`t${place}`] = target;
    asking.push(`r${place}: ${from.one}(id: $s${place}${asOf ? ', asOf: $asOf' : ''}) { ${sides.map((side, at) => {
      const alias = `r${place}s${at}`;
      about[alias] = { step, relation: side.relation };
      const dated = datedBy(model, side.relation);
      return `${alias}: ${side.name}(where: { node: { id: { eq: $t${place} } } }, first: 1) { edges { link { id${dated} } } }`;
    }).join(' ')} }`);
  }
  if (!asking.length) return null;
  const declared = Object.keys(variables).map((name) => `$${name}: ${name === 'asOf' ? 'DateTime' : 'ID!'}`);
  return { query: `query Ages(${declared.join(', ')}) { ${asking.join(' ')} }`, variables, about };
}

/** What tells since when a link of the relation holds: its time, else its first date; when it was written down says nothing. */
function datedBy(model: Model, name: string): string {
  const relation = relationNamed(model, name);
  if (!relation) return '';
  if (relation.validity !== 'NONE') return ' since: validFrom';
  const date = relation.fields.find(({ kind }) => kind === 'date' || kind === 'dateTime');
  return date ? ` since: ${date.name}` : '';
}

function sidesTo(from: EntityType, to: string, relations: readonly string[]) {
  return from.relations.filter((side) => side.types.includes(to) && (!relations.length || relations.includes(side.relation)));
}

type Told = Record<string, Record<string, { edges: { link: { since?: string | null } }[] }> | null>;

export function agesOf(told: Told, about: AgesQuery['about']): Ages {
  const ages: Ages = {};
  for (const answers of Object.values(told)) {
    for (const [alias, { edges }] of Object.entries(answers ?? {})) {
      const [link, asked] = [edges[0]?.link, about[alias]];
      if (link && asked) (ages[asked.step] ??= []).push({ relation: asked.relation, since: link.since ?? null });
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
