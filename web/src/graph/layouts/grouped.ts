/** One disc a group, the largest in the middle, so that types or communities can be told apart at a glance. Pure. */
import type { Points } from './radial';

const TURN = Math.PI * (3 - Math.sqrt(5));
const ROOM = 22;

export function grouped(ids: readonly string[], groupOf: (id: string) => string): Points {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const own = groups.get(groupOf(id));
    if (own) own.push(id);
    else groups.set(groupOf(id), [id]);
  }
  const ordered = [...groups.values()].sort((a, b) => b.length - a.length);
  const points: Points = new Map();
  const placed: { x: number; y: number; radius: number }[] = [];
  for (const members of ordered) {
    const radius = ROOM * Math.sqrt(members.length) + ROOM;
    const middle = freePlace(radius, placed);
    placed.push({ ...middle, radius });
    members.forEach((id, at) => {
      const [out, angle] = [ROOM * Math.sqrt(at + 0.3), at * TURN];
      points.set(id, { x: middle.x + Math.cos(angle) * out, y: middle.y + Math.sin(angle) * out });
    });
  }
  return points;
}

/** The nearest place on a spiral where a disc touches no other. */
function freePlace(radius: number, placed: readonly { x: number; y: number; radius: number }[]): { x: number; y: number } {
  for (let at = 0; ; at++) {
    const [out, angle] = [at * 6, at * 0.35];
    const here = { x: Math.cos(angle) * out, y: Math.sin(angle) * out };
    if (placed.every((other) => Math.hypot(other.x - here.x, other.y - here.y) >= other.radius + radius + ROOM)) return here;
  }
}
