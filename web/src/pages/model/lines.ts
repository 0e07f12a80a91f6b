/** The lines between types: one for each pair that a relation may link, side by side where several do. */
import type { ShownRelation, State } from './draft';
import { borderOf, CARD, type Spot } from './layout';

export interface Line {
  key: string;
  relation: string;
  state: State;
  from: string;
  to: string;
  symmetric: boolean;
  path: string;
  /** Where its words stand. */
  middle: { x: number; y: number };
}

const BEND = 34;

export function linesOf(relations: readonly ShownRelation[], spots: ReadonlyMap<string, Spot>): Line[] {
  const wanted = relations.flatMap((relation) => pairsOf(relation).map(([from, to]) => ({ relation, from, to })));
  const groups = new Map<string, typeof wanted>();
  for (const one of wanted) {
    const key = one.from < one.to ? `${one.from} ${one.to}` : `${one.to} ${one.from}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) =>
    group.flatMap(({ relation, from, to }, place) => {
      const [a, b] = [spots.get(from), spots.get(to)];
      if (!a || !b) return [];
      const aside = (place - (group.length - 1) / 2) * (from < to ? 1 : -1);
      const drawn = a === b ? loop(a, place) : curve(a, b, aside * BEND);
      const { name, state, symmetric } = relation;
      return [{ key: `${name} ${from} ${to}`, relation: name, state, from, to, symmetric, ...drawn }];
    }),
  );
}

function pairsOf({ source, target, symmetric }: ShownRelation): [string, string][] {
  const pairs = source.types.flatMap((from) => target.types.map((to): [string, string] => [from, to]));
  return symmetric ? pairs.filter(([from, to]) => from <= to) : pairs;
}

const at = (value: number): string => value.toFixed(1);

function curve(a: Spot, b: Spot, bend: number): Pick<Line, 'path' | 'middle'> {
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [-(b.y - a.y) / far, (b.x - a.x) / far];
  const control = { x: (a.x + b.x) / 2 + nx * bend * 1.6, y: (a.y + b.y) / 2 + ny * bend * 1.6 };
  const [begin, end] = [borderOf(a, control, 3), borderOf(b, control, 7)];
  return {
    path: `M${at(begin.x)},${at(begin.y)} Q${at(control.x)},${at(control.y)} ${at(end.x)},${at(end.y)}`,
    middle: { x: (begin.x + 2 * control.x + end.x) / 4, y: (begin.y + 2 * control.y + end.y) / 4 },
  };
}

/** From a card to itself: over its upper edge, each further one wider. */
function loop(spot: Spot, place: number): Pick<Line, 'path' | 'middle'> {
  const top = spot.y - CARD.height / 2;
  const [x0, x1, high] = [spot.x + 18 - place * 6, spot.x + 52 + place * 8, top - 30 - place * 18];
  return {
    path: `M${at(x0)},${at(top - 3)} C${at(x0 - 6)},${at(high)} ${at(x1 + 6)},${at(high)} ${at(x1)},${at(top - 7)}`,
    middle: { x: (x0 + x1) / 2, y: high + 8 },
  };
}
