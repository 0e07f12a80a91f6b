/** Which points lie inside what was drawn around them. Pure. */
import type { Point } from './layouts';

export const boxOf = (from: Point, to: Point): Point[] => [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];

/** Whether a point lies inside a closed line: a ray from it crosses the line an odd number of times. */
export function inside({ x, y }: Point, line: readonly Point[]): boolean {
  let odd = false;
  for (let at = 0, before = line.length - 1; at < line.length; before = at++) {
    const [a, b] = [line[at]!, line[before]!];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
  }
  return odd;
}
