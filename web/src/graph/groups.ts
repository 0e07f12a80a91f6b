/** Records that a reader has put together: drawn as one disc, with the links of all of them. Pure. */
import { keyOf, type Scene, type SceneLink, type SceneRecord } from './scene';
import type { Shown } from './showing';
import type { Points } from './layouts';

export interface Group {
  ids: readonly string[];
  /** What the reader calls it; else it is called by its best linked member. */
  name?: string | undefined;
}

/** The kind of a group's disc, which has a sign of its own. */
export const GROUP = '(group)';

/** What a group without a name is called, by its first member and how many more there are. */
export type NameOf = (first: string, more: number) => string;

export interface Folded {
  scene: Scene;
  shown: Shown;
  /** The group that a record is drawn in, by the record. */
  groupOf: ReadonlyMap<string, string>;
}

const MARK = 'group ';

/** The id of a group's disc: of its first member, so that it stays when others join. */
export const idOf = ({ ids }: Group): string => MARK + ids[0];

export const isGroup = (id: string): boolean => id.startsWith(MARK);

/** The scene with a disc for each group of which two records at least are shown; what is only likely is drawn between single records. */
export function folded(scene: Scene, shown: Shown, groups: readonly Group[], nameOf: NameOf): Folded {
  const groupOf = new Map<string, string>();
  const records = new Map(scene.records);
  for (const group of groups) {
    const members = group.ids.filter((id) => shown.records.has(id) && !groupOf.has(id));
    if (members.length < 2) continue;
    for (const id of members) groupOf.set(id, idOf(group));
    records.set(idOf(group), discOf(group, members.flatMap((id) => scene.records.get(id) ?? []), nameOf));
  }
  if (!groupOf.size) return { scene, shown, groupOf };
  const at = (id: string): string => groupOf.get(id) ?? id;
  const links = linksBetween(scene, shown, at);
  const left = [...(shown.likely ?? [])].filter((key) => {
    const link = scene.likely?.get(key);
    return link && !groupOf.has(link.source) && !groupOf.has(link.target);
  });
  return {
    scene: { ...scene, records, links },
    shown: { records: new Set([...shown.records].map(at)), links: new Set(links.keys()), ...(left.length && { likely: new Set(left) }) },
    groupOf,
  };
}

function discOf(group: Group, members: readonly SceneRecord[], nameOf: NameOf): SceneRecord {
  const [first, ...others] = members;
  const type = others.every((each) => each.type === first?.type) ? (first?.type ?? '') : '';
  const title = group.name ?? nameOf(first?.title ?? '', others.length);
  return { id: idOf(group), type, title, values: {}, members: members.map(({ id }) => id) };
}

/** The shown links, led to the discs; what joins the members of one group is not drawn. */
function linksBetween(scene: Scene, shown: Shown, at: (id: string) => string): Map<string, SceneLink> {
  const links = new Map<string, SceneLink>();
  for (const key of shown.links) {
    const link = scene.links.get(key);
    if (!link) continue;
    const [source, target] = [at(link.source), at(link.target)];
    const isInside = source === target && source !== link.source;
    if (isInside) continue;
    const led = { ...link, source, target };
    const known = links.get(keyOf(led));
    links.set(keyOf(led), known ? together(known, led) : led);
  }
  return links;
}

/** Several links as one: from the first beginning until the last end. */
function together(a: SceneLink, b: SceneLink): SceneLink {
  const validFrom = a.validFrom === null || b.validFrom === null ? null : a.validFrom < b.validFrom ? a.validFrom : b.validFrom;
  const validTo = a.validTo === null || b.validTo === null ? null : a.validTo > b.validTo ? a.validTo : b.validTo;
  return { ...a, weight: a.weight + b.weight, count: a.count + b.count, validFrom, validTo };
}

/** The records that discs stand for. */
export const membersOf = (ids: Iterable<string>, groups: readonly Group[]): string[] =>
  [...new Set([...ids].flatMap((id) => (isGroup(id) ? (groups.find((group) => idOf(group) === id)?.ids ?? []) : [id])))];

/** The groups with these records in one of their own; a group that is among them gives it its name. */
export function joined(groups: readonly Group[], ids: Iterable<string>): Group[] {
  const chosen = [...ids];
  const members = membersOf(chosen, groups);
  const name = groups.find((group) => group.name !== undefined && chosen.includes(idOf(group)))?.name;
  const gone = new Set(members);
  const others = groups.map((group) => ({ ...group, ids: group.ids.filter((id) => !gone.has(id)) })).filter((group) => group.ids.length > 1);
  return [...others, { ids: members, ...(name !== undefined && { name }) }];
}

/** Puts a disc in the midst of its members, where it was not drawn before. */
export function placeGroups(scene: Scene, places: Points): void {
  for (const { id, members } of scene.records.values()) {
    const known = members?.flatMap((each) => places.get(each) ?? []) ?? [];
    if (!known.length || places.has(id)) continue;
    const middle = (axis: 'x' | 'y'): number => known.reduce((sum, place) => sum + place[axis], 0) / known.length;
    places.set(id, { x: middle('x'), y: middle('y') });
  }
}
