/** Rings around one record: each ring is one link further out, each branch behind the one it hangs on. Pure. */
export interface Point {
  x: number;
  y: number;
}

export type Points = Map<string, Point>;
export type Neighbours = ReadonlyMap<string, readonly string[]>;

const RING = 100;

export function radial(ids: readonly string[], neighbours: Neighbours, middle: string | undefined): Points {
  const points: Points = new Map();
  const centre = middle !== undefined && ids.includes(middle) ? middle : busiest(ids, neighbours);
  if (centre === undefined) return points;
  const { children, ring } = treeFrom(centre, neighbours, new Set(ids));
  const leaves = leavesOf(centre, children);
  place(centre, { from: -Math.PI / 2, to: (3 * Math.PI) / 2 }, 0, children, leaves, points, ringsOf(ring));
  outside(ids, points, Math.max(0, ...ring.values()) + 1.4);
  return points;
}

export function busiest(ids: readonly string[], neighbours: Neighbours): string | undefined {
  let best = ids[0];
  for (const id of ids) if ((neighbours.get(id)?.length ?? 0) > (neighbours.get(best!)?.length ?? 0)) best = id;
  return best;
}

/** Each record under the first one that reaches it, breadth first. */
function treeFrom(centre: string, neighbours: Neighbours, known: ReadonlySet<string>) {
  const ring = new Map([[centre, 0]]);
  const children = new Map<string, string[]>();
  const queue = [centre];
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at]!;
    const fresh = (neighbours.get(id) ?? []).filter((each) => known.has(each) && !ring.has(each));
    const own = [...new Set(fresh)];
    for (const each of own) ring.set(each, ring.get(id)! + 1);
    children.set(id, own);
    queue.push(...own);
  }
  return { children, ring };
}

/** How much of a ring a branch needs. */
function leavesOf(centre: string, children: ReadonlyMap<string, string[]>): Map<string, number> {
  const leaves = new Map<string, number>();
  const order = [centre];
  for (let at = 0; at < order.length; at++) order.push(...(children.get(order[at]!) ?? []));
  for (const id of order.reverse()) {
    const own = children.get(id) ?? [];
    leaves.set(id, own.length ? own.reduce((sum, each) => sum + leaves.get(each)!, 0.6) : 1);
  }
  return leaves;
}

/** A ring with many records is further out, so that they have room. */
function ringsOf(ring: ReadonlyMap<string, number>): number[] {
  const counts: number[] = [];
  for (const at of ring.values()) counts[at] = (counts[at] ?? 0) + 1;
  const radii = [0];
  for (let at = 1; at < counts.length; at++) radii[at] = Math.max(radii[at - 1]! + RING, (counts[at]! * 16) / (2 * Math.PI));
  return radii;
}

interface Arc {
  from: number;
  to: number;
}

function place(
  root: string, whole: Arc, depth: number, children: ReadonlyMap<string, string[]>, leaves: ReadonlyMap<string, number>, points: Points, radii: number[],
): void {
  const todo: [string, Arc, number][] = [[root, whole, depth]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [id, arc, at] = next;
    const angle = (arc.from + arc.to) / 2;
    points.set(id, { x: Math.cos(angle) * radii[at]!, y: Math.sin(angle) * radii[at]! });
    const own = children.get(id) ?? [];
    const total = own.reduce((sum, each) => sum + leaves.get(each)!, 0);
    let from = arc.from;
    for (const each of own) {
      const to = from + ((arc.to - arc.from) * leaves.get(each)!) / total;
      todo.push([each, { from, to }, at + 1]);
      from = to;
    }
  }
}

/** What no way leads to stands on a ring of its own. */
function outside(ids: readonly string[], points: Points, ring: number): void {
  const rest = ids.filter((id) => !points.has(id));
  const radius = Math.max(ring * RING, (rest.length * 16) / (2 * Math.PI));
  rest.forEach((id, at) => {
    const angle = (at / rest.length) * 2 * Math.PI;
    points.set(id, { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius });
  });
}
