/** Tiles as a workbook, a sheet each; numbers stay numbers. */
import type { Sheet } from '@/charts/sheet';
import { fileName, sheetNames, type Cell } from '@/meta/spreadsheet';

export interface Page {
  name: string;
  rows: Cell[][];
}

/** A drawing as the rows of a spreadsheet, its heads first. */
export const rowsOf = (sheet: Sheet, corner: string): Page['rows'] => [
  [corner, ...sheet.columns.map((column) => column.label)].map((value) => ({ value })),
  ...sheet.rows.map((head, row) => [{ value: head.label }, ...(sheet.cells[row] ?? []).map((value) => (value === null ? null : { value }))]),
];

export async function writeExcel(pages: readonly Page[], file: string, rightToLeft: boolean): Promise<void> {
  const { default: write } = await import('write-excel-file/browser');
  const names = sheetNames(pages.map((page) => page.name));
  const sheets = pages.map((page, place) => ({
    sheet: names[place]!,
    rightToLeft,
    stickyRowsCount: 1,
    columns: (page.rows[0] ?? []).map((_, column) => ({ width: column ? 18 : 32 })),
    data: page.rows.map((row, line) => row.map((cell) => cell && { ...cell, ...(line ? {} : { fontWeight: 'bold' as const }) })),
  }));
  await write(sheets).toFile(`${fileName(file)}.xlsx`);
}
