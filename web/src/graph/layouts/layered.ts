/** Layers from top to bottom along the direction of links, or one layer a group. Pure. */
import type { Points } from './radial';

export interface Arrow {
  source: string;
  target: string;
}

const DOWN = 130;
const ACROSS = 60;

/** The longest way down to each record decides its layer; rings are cut where they close. Order in a layer by the middle of those above. */
export function layered(ids: readonly string[], arrows: readonly Arrow[]): Points {
  const layer = layersOf(ids, arrows);
  const rows: string[][] = [];
  for (const id of ids) (rows[layer.get(id)!] ??= []).push(id);
  const above = new Map<string, string[]>();
  for (const { source, target } of arrows) listed(above, target).push(source);
  const points: Points = new Map();
  const filled = rows.filter((row) => row?.length);
  const widest = Math.max(1, ...filled.map((row) => row.length));
  filled.forEach((row, at) => {
    const wanted = new Map(row.map((id) => [id, middleOf(above.get(id) ?? [], points)]));
    row.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
    const step = Math.max(ACROSS, (widest * ACROSS) / (row.length + 1) / 2);
    row.forEach((id, place) => points.set(id, { x: (place - (row.length - 1) / 2) * step, y: -at * DOWN }));
  });
  return points;
}

function listed(lists: Map<string, string[]>, key: string): string[] {
  const own = lists.get(key) ?? [];
  lists.set(key, own);
  return own;
}

function middleOf(ids: readonly string[], points: Points): number {
  const known = ids.flatMap((id) => points.get(id)?.x ?? []);
  return known.length ? known.reduce((sum, x) => sum + x, 0) / known.length : 0;
}

function layersOf(ids: readonly string[], arrows: readonly Arrow[]): Map<string, number> {
  const known = new Set(ids);
  const below = new Map<string, string[]>();
  const entering = new Map(ids.map((id) => [id, 0]));
  for (const { source, target } of arrows) {
    if (source === target || !known.has(source) || !known.has(target)) continue;
    listed(below, source).push(target);
    entering.set(target, entering.get(target)! + 1);
  }
  const layer = new Map(ids.map((id) => [id, 0]));
  const done = new Set<string>();
  const ready = ids.filter((id) => !entering.get(id));
  while (done.size < ids.length) {
    // where only rings are left, the one with fewest arrows into it begins
    if (!ready.length) ready.push(fewest(ids, done, entering));
    const id = ready.shift()!;
    if (done.has(id)) continue;
    done.add(id);
    for (const next of below.get(id) ?? []) {
      if (done.has(next)) continue;
      layer.set(next, Math.max(layer.get(next)!, layer.get(id)! + 1));
      entering.set(next, entering.get(next)! - 1);
      if (entering.get(next) === 0) ready.push(next);
    }
  }
  return layer;
}

const fewest = (ids: readonly string[], done: ReadonlySet<string>, entering: ReadonlyMap<string, number>): string =>
  ids.filter((id) => !done.has(id)).reduce((best, id) => (entering.get(id)! < entering.get(best)! ? id : best));
