/** Where types stand when the model is drawn: linked ones near each other, none upon another; the same model looks the same. */
export interface Spot {
  name: string;
  x: number;
  y: number;
}

export interface Pull {
  from: string;
  to: string;
}

export const CARD = { width: 164, height: 54 };
const GAP = { x: 76, y: 62 };
const WORK = 700_000;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** Screens are wider than high. */
const STRETCH = 1.55;

interface Body extends Spot {
  degree: number;
}

/** Spots of all types by name; those with most links begin in the middle. */
export function layoutOf(names: readonly string[], pulls: readonly Pull[]): Map<string, Spot> {
  const known = new Set(names);
  const pairs = unique(pulls.filter(({ from, to }) => from !== to && known.has(from) && known.has(to)));
  const degree = (name: string): number => pairs.filter(({ from, to }) => from === name || to === name).length;
  const bodies: Body[] = names.map((name) => ({ name, x: 0, y: 0, degree: degree(name) }));
  bodies.sort((a, b) => b.degree - a.degree || (a.name < b.name ? -1 : 1));
  bodies.forEach((body, place) => {
    const far = 150 * Math.sqrt(place);
    body.x = far * Math.cos(place * GOLDEN) * STRETCH;
    body.y = far * Math.sin(place * GOLDEN);
  });
  const at = new Map(bodies.map((body) => [body.name, body]));
  const rounds = Math.max(30, Math.min(400, Math.floor(WORK / Math.max(1, bodies.length ** 2))));
  for (let round = 0; round < rounds; round++) settle(bodies, pairs, at, 1 - round / rounds);
  for (let round = 0; round < 60 && separate(bodies); round++);
  return new Map(bodies.map(({ name, x, y }) => [name, { name, x: Math.round(x), y: Math.round(y) }]));
}

function unique(pulls: readonly Pull[]): Pull[] {
  const found = new Map<string, Pull>();
  for (const { from, to } of pulls) {
    const [one, other] = from < to ? [from, to] : [to, from];
    found.set(`${one} ${other}`, { from: one, to: other });
  }
  return [...found.values()];
}

/** One round: everybody pushes everybody away, links pull, and the middle holds all together. */
function settle(bodies: Body[], pairs: readonly Pull[], at: Map<string, Body>, heat: number): void {
  const moves = new Map(bodies.map((body) => [body.name, { x: 0, y: 0 }]));
  const push = (body: Body, x: number, y: number): void => {
    const move = moves.get(body.name)!;
    move.x += x;
    move.y += y;
  };
  for (let i = 0; i < bodies.length; i++) {
    for (let j = i + 1; j < bodies.length; j++) {
      const [a, b] = [bodies[i]!, bodies[j]!];
      const [dx, dy] = [(a.x - b.x) / STRETCH, a.y - b.y];
      const force = 26_000 / Math.max(400, dx * dx + dy * dy);
      const far = Math.hypot(dx, dy) || 1;
      push(a, (dx / far) * force * STRETCH, (dy / far) * force);
      push(b, (-dx / far) * force * STRETCH, (-dy / far) * force);
    }
  }
  for (const { from, to } of pairs) {
    const [a, b] = [at.get(from)!, at.get(to)!];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const far = Math.hypot(dx / STRETCH, dy) || 1;
    const force = (far - 170) * 0.05 / Math.sqrt(Math.max(a.degree, b.degree));
    push(a, (dx / far) * force, (dy / far) * force);
    push(b, (-dx / far) * force, (-dy / far) * force);
  }
  for (const body of bodies) {
    const move = moves.get(body.name)!;
    const most = 4 + 50 * heat;
    const size = Math.hypot(move.x, move.y) || 1;
    const share = Math.min(1, most / size);
    body.x += move.x * share - body.x * 0.012;
    body.y += move.y * share - body.y * 0.02;
  }
}

/** Move cards that touch apart, along the way that is shorter; false when none did. */
function separate(bodies: Body[]): boolean {
  let moved = false;
  for (let i = 0; i < bodies.length; i++) {
    for (let j = i + 1; j < bodies.length; j++) {
      const [a, b] = [bodies[i]!, bodies[j]!];
      const overX = CARD.width + GAP.x - Math.abs(a.x - b.x);
      const overY = CARD.height + GAP.y - Math.abs(a.y - b.y);
      if (overX <= 0 || overY <= 0) continue;
      moved = true;
      if (overX < overY) shift(a, b, 'x', overX / 2);
      else shift(a, b, 'y', overY / 2);
    }
  }
  return moved;
}

function shift(a: Body, b: Body, axis: 'x' | 'y', by: number): void {
  const sign = a[axis] < b[axis] || (a[axis] === b[axis] && a.name < b.name) ? -1 : 1;
  a[axis] += sign * by;
  b[axis] -= sign * by;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What all cards fill, with air around. */
export function boundsOf(spots: Iterable<Spot>, air = 60): Box {
  const all = [...spots];
  if (!all.length) return { x: -400, y: -300, width: 800, height: 600 };
  const xs = all.map((spot) => spot.x);
  const ys = all.map((spot) => spot.y);
  const [x, y] = [Math.min(...xs) - CARD.width / 2 - air, Math.min(...ys) - CARD.height / 2 - air];
  return { x, y, width: Math.max(...xs) + CARD.width / 2 + air - x, height: Math.max(...ys) + CARD.height / 2 + air - y };
}

/** Where a line from the middle of a card towards a point leaves the card. */
export function borderOf(spot: Spot, towards: { x: number; y: number }, air = 0): { x: number; y: number } {
  const [dx, dy] = [towards.x - spot.x, towards.y - spot.y];
  if (!dx && !dy) return { x: spot.x, y: spot.y };
  const scale = Math.min((CARD.width / 2 + air) / Math.abs(dx || 1e-9), (CARD.height / 2 + air) / Math.abs(dy || 1e-9));
  return { x: spot.x + dx * scale, y: spot.y + dy * scale };
}

/** The nearest card into a direction, for arrow keys. */
export function nearest(spots: ReadonlyMap<string, Spot>, from: string, key: string): string | undefined {
  const here = spots.get(from);
  if (!here) return undefined;
  const [ux, uy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key] ?? [0, 0];
  let best: { name: string; cost: number } | undefined;
  for (const spot of spots.values()) {
    const [dx, dy] = [spot.x - here.x, spot.y - here.y];
    const along = dx * ux! + dy * uy!;
    if (along <= 1) continue;
    const cost = along + 2.2 * Math.abs(dx * uy! - dy * ux!);
    if (!best || cost < best.cost) best = { name: spot.name, cost };
  }
  return best?.name;
}
