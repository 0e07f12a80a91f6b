/** A list as a spreadsheet, made in the browser; a chunk of its own, fetched when somebody wants one. */
import writeXlsxFile from 'write-excel-file/browser';
import { gql } from '@/api/gql';
import { isRightToLeft, type Settings } from '@/lib/settings';
import { pageQuery } from '@/meta/compose';
import { heading } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { cellOf, sheetNames } from '@/meta/spreadsheet';
import type { Page } from '@/meta/useUpdate';
import type { Asked } from './useAsked';

const PAGE = 1000;
const MOST = 50_000;

/** Hands a file to the reader; returns how many records it holds. */
export async function asSheet(asked: Asked, name: string, reader: Settings): Promise<number> {
  const { language } = reader;
  const { type, fields } = asked;
  const rows = await every(asked);
  const head = [heading(type.label, language), ...fields.map((field) => heading(field, language))].map((value) => ({ value, fontWeight: 'bold' as const }));
  const body = rows.map((row) => [{ value: row.displayName }, ...fields.map((field) => cellOf(row[field.name], field, reader))]);
  await writeXlsxFile([head, ...body], {
    sheet: sheetNames([name])[0]!,
    rightToLeft: isRightToLeft(language),
    stickyRowsCount: 1,
    columns: [{ width: 32 }, ...fields.map(() => ({ width: 18 }))],
  }).toFile(`${type.many}.xlsx`);
  return rows.length;
}

async function every({ type, fields, where, text, order }: Asked): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const { page }: Page = await gql<Page>(pageQuery(type, fields), { where, text, order, first: PAGE, after });
    rows.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after && rows.length < MOST);
  return rows;
}
