/** Where the records of a small network stand: pushed apart by one another, drawn together by their links. Pure and the same each time. */
export interface Dot {
  id: string;
  x: number;
  y: number;
}

const ROUNDS = 160;

/** Places between 0 and 1; O(rounds × dots²), for some hundred at most. */
export function placed(ids: readonly string[], links: readonly (readonly [string, string])[]): Dot[] {
  const dots = ids.map((id, place) => {
    const turn = place * 2.399963; // the golden angle spreads them evenly
    const away = Math.sqrt((place + 0.5) / ids.length) / 2;
    return { id, x: 0.5 + away * Math.cos(turn), y: 0.5 + away * Math.sin(turn) };
  });
  const at = new Map(dots.map((dot) => [dot.id, dot]));
  const near = Math.sqrt(0.6 / Math.max(1, ids.length));
  for (let round = 0; round < ROUNDS; round++) {
    const step = 0.08 * (1 - round / ROUNDS);
    const moves = new Map(dots.map((dot) => [dot.id, { x: (0.5 - dot.x) * 0.6, y: (0.5 - dot.y) * 0.6 }]));
    const push = (a: Dot, b: Dot, force: number): void => {
      const [dx, dy] = [a.x - b.x || 1e-4, a.y - b.y || 1e-4];
      const far = Math.hypot(dx, dy);
      const strength = force / far;
      moves.get(a.id)!.x += dx * strength;
      moves.get(a.id)!.y += dy * strength;
      moves.get(b.id)!.x -= dx * strength;
      moves.get(b.id)!.y -= dy * strength;
    };
    dots.forEach((a, place) => {
      for (const b of dots.slice(place + 1)) push(a, b, (near * near) / Math.max(0.02, Math.hypot(a.x - b.x, a.y - b.y)));
    });
    for (const [from, to] of links) {
      const [a, b] = [at.get(from), at.get(to)];
      if (a && b) push(a, b, -(Math.hypot(a.x - b.x, a.y - b.y) ** 2) / near);
    }
    for (const dot of dots) {
      const move = moves.get(dot.id)!;
      const size = Math.hypot(move.x, move.y) || 1;
      dot.x += (move.x / size) * Math.min(size, step);
      dot.y += (move.y / size) * Math.min(size, step);
    }
  }
  return squared(dots);
}

function squared(dots: Dot[]): Dot[] {
  const range = (of: (dot: Dot) => number): [number, number] => [Math.min(...dots.map(of)), Math.max(...dots.map(of))];
  const [[left, right], [top, bottom]] = [range((dot) => dot.x), range((dot) => dot.y)];
  return dots.map(({ id, x, y }) => ({ id, x: (x - left) / (right - left || 1), y: (y - top) / (bottom - top || 1) }));
}
