/** Tiles put onto screens of a wall, as many as fit below one another on each. */
import type { Tile } from './board';

const COLUMNS = 12;
const ROWS = 4;
const LEAST_ROWS = 2;

/** How many rows a screen of them fills; two at least, so that one row of figures does not become a wall of them. */
export function heightOf(tiles: readonly Tile[]): number {
  let [rows, filled, tallest] = [0, 0, 0];
  for (const { width, height } of tiles) {
    if (filled + width > COLUMNS) [rows, filled, tallest] = [rows + tallest, 0, 0];
    filled += width;
    tallest = Math.max(tallest, height);
  }
  return Math.max(LEAST_ROWS, rows + tallest);
}

/** In their order; each screen holds rows of twelve columns up to its height, and at least one tile. */
export function screens(tiles: readonly Tile[]): Tile[][] {
  const made: Tile[][] = [];
  let page: Tile[] = [];
  let [above, filled, tallest] = [0, 0, 0];
  for (const tile of tiles) {
    if (filled + tile.width > COLUMNS) [above, filled, tallest] = [above + tallest, 0, 0];
    if (page.length && above + tile.height > ROWS) {
      made.push(page);
      page = [];
      [above, filled, tallest] = [0, 0, 0];
    }
    page.push(tile);
    filled += tile.width;
    tallest = Math.max(tallest, tile.height);
  }
  return page.length ? [...made, page] : made;
}
