/** The sizes of tiles, in columns and rows of the grid: what a pull or a key makes of them. */
import { HEIGHTS, WIDTHS } from './board';

export interface Size {
  width: number;
  height: number;
}

const nearest = (sizes: readonly number[], to: number): number => sizes.reduce((best, each) => (Math.abs(each - to) < Math.abs(best - to) ? each : best));

/** The size that a tile can have which is nearest to so many columns and rows. */
export const sizeFor = (columns: number, rows: number): Size => ({ width: nearest(WIDTHS, columns), height: nearest(HEIGHTS, rows) });

const beside = (sizes: readonly number[], now: number, by: number): number => {
  const at = sizes.indexOf(nearest(sizes, now)) + by;
  return sizes[Math.max(0, Math.min(at, sizes.length - 1))]!;
};

/** The size one step on by an arrow key; null for another key. Sideways keys go by how the page is read. */
export function steppedBy(key: string, { width, height }: Size, rightToLeft: boolean): Size | null {
  const on = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  if (key === 'ArrowLeft' || key === 'ArrowRight') return { width: beside(WIDTHS, width, key === on ? 1 : -1), height };
  if (key === 'ArrowUp' || key === 'ArrowDown') return { width, height: beside(HEIGHTS, height, key === 'ArrowDown' ? 1 : -1) };
  return null;
}
