/** Where the streams of a sheet run from its rows to its columns: pure, so that it can be tested. */
import type { Sheet } from './sheet';

export interface Bank {
  place: number;
  label: string;
  value: number;
  y: number;
  height: number;
}

export interface Stream {
  row: number;
  column: number;
  value: number;
  thick: number;
  y0: number;
  y1: number;
}

/** Between two banks, in pixels. */
export const GAP = 12;

/** Two banks as high as what flows from and to them, and the streams between, thick as their figures. */
export function streamsOf(sheet: Sheet, height: number): { sources: Bank[]; mouths: Bank[]; streams: Stream[] } {
  const at = (row: number, column: number): number => Math.max(0, sheet.cells[row]?.[column] ?? 0);
  const outs = sheet.rows.map((_, row) => sheet.columns.reduce((sum, _c, column) => sum + at(row, column), 0));
  const ins = sheet.columns.map((_, column) => sheet.rows.reduce((sum, _r, row) => sum + at(row, column), 0));
  const whole = outs.reduce((a, b) => a + b, 0) || 1;
  const gaps = GAP * Math.max(outs.filter(Boolean).length - 1, ins.filter(Boolean).length - 1, 0);
  const scale = Math.max(1, height - gaps) / whole;
  const sources = bank(sheet.rows.map(({ label }) => label), outs, scale);
  const mouths = bank(sheet.columns.map(({ label }) => label), ins, scale);
  const [left, right] = [sources.map((each) => each.y), mouths.map((each) => each.y)];
  const streams = sheet.rows.flatMap((_, row) =>
    sheet.columns.flatMap((_c, column) => {
      const value = at(row, column);
      if (!value) return [];
      const thick = value * scale;
      const stream = { row, column, value, thick, y0: left[row]! + thick / 2, y1: right[column]! + thick / 2 };
      left[row]! += thick;
      right[column]! += thick;
      return [stream];
    }),
  );
  return { sources: sources.filter((each) => each.value), mouths: mouths.filter((each) => each.value), streams };
}

/** A label in as few lines as hold it, at most `lines` of `letters` each; what is too long ends in an ellipsis. */
export function wrapped(label: string, letters: number, lines: number): string[] {
  const made: string[] = [];
  for (const word of label.split(/\s+/)) {
    const last = made.at(-1);
    if (last !== undefined && (made.length === lines || last.length + 1 + word.length <= letters)) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  return made.map((line) => (line.length > letters ? `${line.slice(0, Math.max(1, letters - 1)).trimEnd()}…` : line));
}

function bank(labels: string[], values: number[], scale: number): Bank[] {
  let y = 0;
  return labels.map((label, place) => {
    const value = values[place] ?? 0;
    const height = value * scale;
    const made = { place, label, value, y, height };
    if (value) y += height + GAP;
    return made;
  });
}
