import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { total, type OnPick, type Sheet } from './sheet';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  /** Cells are tinted by how much they are of the greatest. */
  heat?: boolean;
  totals?: boolean;
  onPick: OnPick;
}

/** Any sheet as a table: a pivot with heat, and what every drawing can be read as. */
export function Table({ sheet, title, heat = false, totals = false, onPick }: Props) {
  const { t } = useTranslation();
  const most = Math.max(1e-9, ...sheet.cells.flat().map((cell) => cell ?? 0));
  const summed = totals && sheet.additive && sheet.columns.length > 1;
  const sums = sheet.columns.map((_, column) => sheet.cells.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return (
    <div className="sheet-table" tabIndex={0} role="group" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col"><span className="hidden-words">{t('reports:group')}</span></th>
            {sheet.columns.map((column) => <th key={column.id} scope="col" dir="auto">{column.label}</th>)}
            {summed && <th scope="col">{t('reports:total')}</th>}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((head, row) => (
            <tr key={head.id}>
              <th scope="row" dir="auto">{head.label}</th>
              {sheet.columns.map((column, at) => {
                const value = sheet.cells[row]?.[at] ?? null;
                const look = heat && value ? ({ '--heat': `${Math.round((Math.max(0, value) / most) * 38)}%` } as CSSProperties) : {};
                if (value === null || (heat && value === 0)) return <td key={column.id}>{value === 0 && <span className="muted">–</span>}</td>;
                return (
                  <td key={column.id} className="num">
                    {onPick ? (
                      <button type="button" style={look} onClick={(event) => onPick({ row, column: at, at: event.currentTarget.getBoundingClientRect() })}>
                        <bdi>{sheet.show(value, at)}</bdi>
                      </button>
                    ) : (
                      <span style={look}><bdi>{sheet.show(value, at)}</bdi></span>
                    )}
                  </td>
                );
              })}
              {summed && <td className="num"><span><bdi>{sheet.show(total(sheet, row), 0)}</bdi></span></td>}
            </tr>
          ))}
        </tbody>
        {summed && (
          <tfoot>
            <tr>
              <th scope="row">{t('reports:total')}</th>
              {sums.map((sum, at) => <td key={sheet.columns[at]?.id} className="num"><span><bdi>{sheet.show(sum, at)}</bdi></span></td>)}
              <td className="num"><span><bdi>{sheet.show(sums.reduce((a, b) => a + b, 0), 0)}</bdi></span></td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
