import { Legend } from './Columns';
import { partAt, series, spoken, total, type OnPick, type Sheet } from './sheet';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  onPick: OnPick;
}

/** Groups under one another, each as long as its figure. */
export function Rows({ sheet, title, onPick }: Props) {
  const stacked = sheet.additive;
  const highest = Math.max(1e-9, ...sheet.rows.map((_, row) => (stacked ? total(sheet, row) : Math.max(0, ...(sheet.cells[row] ?? []).map(Number)))));
  return (
    <>
      <Legend sheet={sheet} />
      <div className="rows-chart" role="group" aria-label={spoken(sheet, title, 0)} tabIndex={onPick ? undefined : 0}>
        {sheet.rows.map((head, row) => {
          const cells = sheet.cells[row] ?? [];
          const shown = stacked ? total(sheet, row) : (cells[0] ?? 0);
          return (
            <button
              key={head.id} type="button" className="row-bar" disabled={!onPick}
              onClick={(event) => onPick?.({ row, column: partAt(event.target), at: event.currentTarget.getBoundingClientRect() })}
            >
              <span className="cut" dir="auto">{head.label}</span>
              <span className="track" data-side={!stacked || undefined} aria-hidden="true">
                {sheet.columns.map((column, at) => (
                  <i key={column.id} data-part={sheet.columns.length > 1 ? at : undefined} data-some={(cells[at] ?? 0) > 0 || undefined} style={{ width: `${(Math.max(0, cells[at] ?? 0) / highest) * 100}%`, background: series(at) }} />
                ))}
              </span>
              <b className="num"><bdi>{sheet.show(shown, 0)}</bdi></b>
            </button>
          );
        })}
      </div>
    </>
  );
}
