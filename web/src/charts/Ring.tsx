import { useFormat } from '@/lib/useSettings';
import { series, share, spoken, type OnPick, type Sheet } from './sheet';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  onPick: OnPick;
}

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;

/** Shares of a whole, the greatest first, beside their names and figures. */
export function Ring({ sheet, title, onPick }: Props) {
  const format = useFormat();
  const values = sheet.rows.map((_, row) => Math.max(0, sheet.cells[row]?.[0] ?? 0));
  const sum = values.reduce((a, b) => a + b, 0);
  let before = 0;
  return (
    <div className="ring-chart">
      <svg viewBox="0 0 110 110" role="img" aria-label={spoken(sheet, title)}>
        <g fill="none" strokeWidth={19} transform="rotate(-90 55 55)">
          {values.map((value, row) => {
            const part = sum ? value / sum : 0;
            const gap = part < 1 && part * ROUND > 2 ? 1.2 : 0;
            const arc = { strokeDasharray: `${part * ROUND - gap} ${ROUND}`, strokeDashoffset: -before * ROUND };
            before += part;
            return <circle key={sheet.rows[row]?.id} cx={55} cy={55} r={RADIUS} stroke={series(row)} {...arc} />;
          })}
        </g>
        <text className="middle num" x={55} y={60} textAnchor="middle" fontSize={sheet.show(sum, 0, true).length > 8 ? 10.5 : 14}>
          {sheet.additive ? sheet.show(sum, 0, true) : ''}
        </text>
      </svg>
      <ul className="ring-rows">
        {sheet.rows.map((head, row) => (
          <li key={head.id}>
            <button
              type="button" className="ring-row" disabled={!onPick}
              onClick={(event) => onPick?.({ row, column: null, at: event.currentTarget.getBoundingClientRect() })}
            >
              <i className="swatch" style={{ background: series(row) }} />
              <span className="cut" dir="auto">{head.label}</span>
              <span className="num">
                <b><bdi>{sheet.show(values[row] ?? 0, 0, true)}</bdi></b> <small className="muted"><bdi>{sum ? share(format, (values[row] ?? 0) / sum) : ''}</bdi></small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
