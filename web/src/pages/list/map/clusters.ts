/** Points that lie close together on the screen, as one. */
export interface Spot<Held> {
  x: number;
  y: number;
  held: Held;
}

export interface Cluster<Held> {
  x: number;
  y: number;
  held: Held[];
}

/** Each point joins the first cluster it comes close to; a cluster stands in the middle of its points. */
export function clustered<Held>(spots: readonly Spot<Held>[], near: number): Cluster<Held>[] {
  const cells = new Map<string, Cluster<Held>[]>();
  const found: Cluster<Held>[] = [];
  const cellsAround = (x: number, y: number): string[] => {
    const [column, row] = [Math.floor(x / near), Math.floor(y / near)];
    return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${column + dx} ${row + dy}`));
  };
  for (const { x, y, held } of spots) {
    const close = cellsAround(x, y).flatMap((cell) => cells.get(cell) ?? []).find((each) => Math.hypot(each.x - x, each.y - y) < near);
    if (close) {
      const count = close.held.push(held);
      close.x += (x - close.x) / count;
      close.y += (y - close.y) / count;
      continue;
    }
    const cluster = { x, y, held: [held] };
    found.push(cluster);
    const cell = `${Math.floor(x / near)} ${Math.floor(y / near)}`;
    cells.set(cell, [...(cells.get(cell) ?? []), cluster]);
  }
  return found;
}
