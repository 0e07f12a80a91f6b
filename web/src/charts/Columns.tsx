import { everyFew, partAt, series, spoken, ticks, total, type OnPick, type Sheet } from './sheet';
import { useSize } from './useSize';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  onPick: OnPick;
}

/** One column a period, or as many beside one another as there are figures; runs with the writing. */
export function Columns({ sheet, title, onPick }: Props) {
  const [plot, { width }] = useSize();
  const stacked = sheet.additive;
  const highest = Math.max(0, ...sheet.rows.map((_, row) => (stacked ? total(sheet, row) : Math.max(0, ...(sheet.cells[row] ?? []).map(Number)))));
  const steps = ticks(highest);
  const most = steps.at(-1) || 1;
  const every = everyFew(sheet.rows.map((head) => head.label), width);
  return (
    <>
      <Legend sheet={sheet} />
      <div className="columns-chart" role="group" aria-label={spoken(sheet, title, 0)}>
        <div className="columns-scale num" aria-hidden="true">
          <span>{sheet.show(most, 0, true)}</span>
          {steps.map((step) => (
            <span key={step} style={{ insetBlockEnd: `${(step / most) * 100}%` }}>
              <bdi>{sheet.show(step, 0, true)}</bdi>
            </span>
          ))}
        </div>
        <div ref={plot} className="columns-plot">
          <div className="columns-lines" aria-hidden="true">
            {steps.map((step) => <i key={step} style={{ insetBlockEnd: `${(step / most) * 100}%` }} />)}
          </div>
          {sheet.rows.map((head, row) => {
            const words = spoken({ ...sheet, rows: [head], cells: [sheet.cells[row] ?? []] }, '').slice(2);
            return (
              <button
                key={head.id} type="button" className="column" title={words} aria-label={words} disabled={!onPick}
                onClick={(event) => onPick?.({ row, column: partAt(event.target), at: event.currentTarget.getBoundingClientRect() })}
              >
                <span className="column-stack" data-side={!stacked || undefined}>
                  {sheet.columns.map((column, at) => (
                    <i key={column.id} data-part={sheet.columns.length > 1 ? at : undefined} data-some={(sheet.cells[row]?.[at] ?? 0) > 0 || undefined} style={{ height: `${(Math.max(0, sheet.cells[row]?.[at] ?? 0) / most) * 100}%`, background: series(at) }} />
                  ))}
                </span>
                <small><span>{(sheet.rows.length - 1 - row) % every === 0 ? head.label : ''}</span></small>
              </button>
            );
          })}
        </div>
      </div>
    </>
  );
}

/** Which colour is which, where there are several. */
export function Legend({ sheet }: { sheet: Sheet }) {
  if (sheet.columns.length < 2) return null;
  return (
    <ul className="legend">
      {sheet.columns.map((column, place) => (
        <li key={column.id}>
          <i style={{ background: series(place) }} />
          <span className="cut" dir="auto">{column.label}</span>
        </li>
      ))}
    </ul>
  );
}
