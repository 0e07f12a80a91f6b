/** What of a scene is shown: types, relations, values, time, what was hidden by hand. Pure. */
import type { Scene, SceneLink, SceneRecord } from './scene';
import { passes, type DayIn, type ValueFilter } from './valueFilters';

export interface Showing {
  typesOff: readonly string[];
  relationsOff: readonly string[];
  hidden: readonly string[];
  values: readonly ValueFilter[];
  /** An ISO day: links that hold then, records that are there by then. */
  day: string | null;
  /** Whether records that nothing links any more go too. */
  onlyLinked: boolean;
}

export const EVERYTHING: Showing = { typesOff: [], relationsOff: [], hidden: [], values: [], day: null, onlyLinked: false };

export interface Shown {
  records: Set<string>;
  links: Set<string>;
  /** Links that nobody recorded; nothing counts them. */
  likely?: Set<string>;
}

const inUtc: DayIn = (moment) => moment.slice(0, 10);

/** The day of a record, where it has one: the first date among the fields it is told by. */
export type DayOf = (record: SceneRecord) => string | null;

export function shownOf(scene: Scene, showing: Showing, dayOf: DayOf, today: string, dayIn: DayIn = inUtc): Shown {
  const records = new Set<string>();
  const typesOff = new Set(showing.typesOff);
  const hidden = new Set(showing.hidden);
  for (const record of scene.records.values()) {
    if (typesOff.has(record.type) || hidden.has(record.id) || !showing.values.every((filter) => passes(record, filter, dayIn))) continue;
    const day = showing.day && dayOf(record);
    if (!day || day <= showing.day!) records.add(record.id);
  }
  const links = linksAmong(scene, records, showing, today);
  if (showing.onlyLinked) keepLinked(scene, records, links);
  return { records, links };
}

function linksAmong(scene: Scene, records: Set<string>, showing: Showing, today: string): Set<string> {
  const relationsOff = new Set(showing.relationsOff);
  const links = new Set<string>();
  for (const [key, link] of scene.links) {
    if (!records.has(link.source) || !records.has(link.target) || relationsOff.has(link.relation)) continue;
    if (holds(link, showing.day ?? today)) links.add(key);
  }
  return links;
}

function keepLinked(scene: Scene, records: Set<string>, links: Set<string>): void {
  const linked = new Set<string>();
  for (const key of links) {
    const link = scene.links.get(key);
    if (link) linked.add(link.source).add(link.target);
  }
  for (const id of records) if (!linked.has(id)) records.delete(id);
}

/** Whether a link holds at the end of a day; the moment it ends is outside. */
export function holds(link: Pick<SceneLink, 'validFrom' | 'validTo'>, day: string): boolean {
  const end = `${day}T23:59:59Z`;
  return (!link.validFrom || link.validFrom <= end) && (!link.validTo || link.validTo > end);
}

/** The days between which anything begins, ends or happens; null when nothing has a day. */
export function spanOf(scene: Scene, dayOf: DayOf): [string, string] | null {
  let [first, last] = ['9999', ''];
  const see = (moment: string | null): void => {
    const day = moment?.slice(0, 10);
    if (!day) return;
    if (day < first) first = day;
    if (day > last) last = day;
  };
  for (const record of scene.records.values()) see(dayOf(record));
  for (const link of scene.links.values()) {
    see(link.validFrom);
    see(link.validTo);
  }
  return last ? [first, last] : null;
}
