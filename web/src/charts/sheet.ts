/** What a drawing shows: named rows and columns, and a figure where they meet. Every drawing can also be read as this table. */
import type { Format } from '@/lib/format';

export interface Head {
  id: string;
  label: string;
}

export interface Sheet {
  rows: Head[];
  columns: Head[];
  cells: (number | null)[][];
  /** A figure in the reader's words; short on axes. */
  show: (value: number, column: number, short?: boolean) => string;
  /** The rows are periods, in their order. */
  timed: boolean;
  /** Figures of one row may be added up, and stand upon one another. */
  additive: boolean;
}

/** Where somebody pointed: a row, a column where it was one, and the place on the page. */
export interface Picked {
  row: number;
  column: number | null;
  at: DOMRect;
}

export type OnPick = ((picked: Picked) => void) | undefined;

/** Which part of a stacked bar was hit; null for the bar as a whole, which is all that a key hits. */
export function partAt(target: EventTarget): number | null {
  const part = target instanceof HTMLElement ? target.dataset.part : undefined;
  return part === undefined ? null : Number(part);
}

export const total = (sheet: Sheet, row: number): number => (sheet.cells[row] ?? []).reduce<number>((sum, cell) => sum + (cell ?? 0), 0);

/** Below this a share without a decimal would read as nothing. */
const SMALL_SHARE = 0.01;

/** A part of a whole, 0 to 1, as percent. */
export const share = (format: Pick<Format, 'percent'>, part: number): string => format.percent(part, part < SMALL_SHARE ? 1 : 0);

/** Steps of an axis from 0 on: few, and round. */
export function ticks(most: number, wanted = 4): number[] {
  if (!(most > 0)) return [0];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, place) => Number((place * step).toPrecision(12)));
}

/** The colour of a column among its sheet's. */
export const series = (place: number): string => `var(--x-series-${(place % 8) + 1})`;

/** The drawing in one sentence, for those who hear it. */
export function spoken(sheet: Sheet, title: string, most = 12): string {
  const rows = sheet.rows.slice(0, most).map((_, row) => spokenRow(sheet, row));
  return `${title}. ${rows.join('; ')}`;
}

/** One row of it. */
export function spokenRow(sheet: Sheet, row: number): string {
  const cells = (sheet.cells[row] ?? []).flatMap((cell, column) => {
    if (cell === null) return [];
    const shown = sheet.show(cell, column);
    return sheet.columns.length > 1 ? [`${sheet.columns[column]?.label ?? ''} ${shown}`] : [shown];
  });
  return `${sheet.rows[row]?.label ?? ''}: ${cells.join(', ')}`;
}

const LETTER = 6.2;
const GAP = 10;

/** Every how many columns there is room for a label, the last one always among them. */
export const everyFew = (labels: readonly string[], width: number): number => {
  const widest = Math.max(1, ...labels.map((label) => label.length)) * LETTER + GAP;
  return Math.ceil((labels.length * widest) / Math.max(width, widest));
};
