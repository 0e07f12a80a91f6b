import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Column } from './Grid';
import './print-table.css';

interface Props<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  count: number;
  keyOf: (row: Row) => string;
}

/** The rows that have been read, as a plain table with its head on every sheet; says so where the list goes on. */
export function PrintTable<Row>({ name, columns, rows, count, keyOf }: Props<Row>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <table className="print-table" aria-label={name}>
        <thead>
          <tr>
            {columns.map(({ key, title, end }) => (
              <th key={key} data-end={end || undefined}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, end, cell }) => (
                <td key={key} data-end={end || undefined}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {columns.some(({ total }) => total) && (
          <tbody className="print-totals">
            <tr>
              {columns.map(({ key, end, total }) => (
                <td key={key} data-end={end || undefined}>{total}</td>
              ))}
            </tr>
          </tbody>
        )}
      </table>
      {count > rows.length && (
        <p className="muted">{t('app:printed', { count, number: format.number(rows.length), all: format.number(count) })}</p>
      )}
    </>
  );
}
