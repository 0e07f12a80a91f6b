/** What is on the drawing: records and the links among them, put together from several answers. Pure. */
import type { LikelyLink } from './likely';

export interface SceneRecord {
  id: string;
  type: string;
  title: string;
  values: Readonly<Record<string, unknown>>;
  /** Of a group, drawn as one disc: the records in it. */
  members?: readonly string[];
}

/** One drawn link stands for `count` links of a relation between two records; it holds from and to, null where that is open. */
export interface SceneLink {
  source: string;
  target: string;
  relation: string;
  weight: number;
  count: number;
  validFrom: string | null;
  validTo: string | null;
}

/** One answer of the API: records with links among them. */
export interface Drawn {
  records: readonly SceneRecord[];
  links: readonly SceneLink[];
}

export interface Scene {
  records: ReadonlyMap<string, SceneRecord>;
  links: ReadonlyMap<string, SceneLink>;
  /** Links that nobody recorded; they are not among `links`. */
  likely?: ReadonlyMap<string, LikelyLink>;
}

export const EMPTY: Scene = { records: new Map(), links: new Map() };

export const keyOf = (link: Pick<SceneLink, 'source' | 'target' | 'relation'>): string => `${link.relation} ${link.source} ${link.target}`;

/** Later answers know better; a link without both of its ends is left out. */
export function sceneOf(answers: readonly Drawn[]): Scene {
  const records = new Map<string, SceneRecord>();
  const links = new Map<string, SceneLink>();
  for (const answer of answers) for (const record of answer.records) records.set(record.id, record);
  for (const answer of answers) {
    for (const link of answer.links) {
      if (records.has(link.source) && records.has(link.target)) links.set(keyOf(link), link);
    }
  }
  return { records, links };
}

export const otherEnd = (link: Pick<SceneLink, 'source' | 'target'>, id: string): string => (link.source === id ? link.target : link.source);

/** The links of each record. */
export function linksByRecord(links: Iterable<SceneLink>): Map<string, SceneLink[]> {
  const found = new Map<string, SceneLink[]>();
  const add = (id: string, link: SceneLink): void => {
    const own = found.get(id);
    if (own) own.push(link);
    else found.set(id, [link]);
  };
  for (const link of links) {
    add(link.source, link);
    if (link.target !== link.source) add(link.target, link);
  }
  return found;
}

/** How many links each record has, parallel ones counted. */
export function degrees(links: Iterable<SceneLink>): Map<string, number> {
  const found = new Map<string, number>();
  for (const { source, target, count } of links) {
    found.set(source, (found.get(source) ?? 0) + count);
    if (target !== source) found.set(target, (found.get(target) ?? 0) + count);
  }
  return found;
}

/** How many of each, the most first; equals by name. */
export function tally(names: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
