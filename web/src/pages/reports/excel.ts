/** Tiles as a workbook, a sheet each; numbers stay numbers. */
import type { Sheet } from '@/charts/sheet';

export interface Page {
  name: string;
  rows: (string | number | null)[][];
}

/** A drawing as the rows of a spreadsheet, its heads first. */
export const rowsOf = (sheet: Sheet, corner: string): Page['rows'] => [
  [corner, ...sheet.columns.map((column) => column.label)],
  ...sheet.rows.map((head, row) => [head.label, ...(sheet.cells[row] ?? [])]),
];

const FORBIDDEN = /[\\/?*[\]:]/g;

/** Names of sheets as Excel takes them: short, without its signs, each once. */
export function sheetNames(titles: readonly string[]): string[] {
  const used = new Set<string>();
  return titles.map((title) => {
    const plain = title.replace(FORBIDDEN, ' ').trim().slice(0, 28) || '1';
    let name = plain;
    for (let copy = 2; used.has(name.toLowerCase()); copy++) name = `${plain.slice(0, 27)} ${copy}`;
    used.add(name.toLowerCase());
    return name;
  });
}

export async function writeExcel(pages: readonly Page[], file: string, rightToLeft: boolean): Promise<void> {
  const { default: write } = await import('write-excel-file/browser');
  const names = sheetNames(pages.map((page) => page.name));
  const sheets = pages.map((page, place) => ({
    sheet: names[place]!,
    rightToLeft,
    stickyRowsCount: 1,
    columns: (page.rows[0] ?? []).map((_, column) => ({ width: column ? 18 : 32 })),
    data: page.rows.map((row, line) => row.map((value) => (value === null ? null : { value, ...(line ? {} : { fontWeight: 'bold' as const }) }))),
  }));
  await write(sheets).toFile(`${file.replace(FORBIDDEN, ' ')}.xlsx`);
}
