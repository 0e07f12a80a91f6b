import { useState } from 'react';
import { isRightToLeft } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { Legend } from './Columns';
import { series, spoken, spokenRow, ticks, type OnPick, type Sheet } from './sheet';
import { useSize } from './useSize';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  filled: boolean;
  onPick: OnPick;
}

const TOP = 10;
const FOOT = 22;
const DASHES = ['', '7 4', '2 3', '10 3 2 3', '5 2', '1 4', '12 4', '3 3'];

/** How figures went from period to period; the axis runs with the writing. */
export function Lines({ sheet, title, filled, onPick }: Props) {
  const [box, { width, height }] = useSize();
  const mirrored = isRightToLeft(useSettings().language);
  const [near, setNear] = useState<number | null>(null);
  const values = sheet.cells.flat().filter((cell): cell is number => cell !== null);
  const steps = ticks(Math.max(0, ...values));
  const most = steps.at(-1) || 1;
  const scale = Math.max(...steps.map((step) => sheet.show(step, 0, true).length)) * 6.6 + 10;
  const count = sheet.rows.length;
  const plain = (row: number): number => scale + (count > 1 ? (row * (width - scale - 14)) / (count - 1) : (width - scale) / 2);
  const x = (row: number): number => (mirrored ? width - plain(row) : plain(row));
  const y = (value: number): number => height - FOOT - (Math.max(0, value) / most) * (height - FOOT - TOP);
  const every = Math.ceil(count / Math.max(2, Math.floor(width / 92)));
  const rowAt = (clientX: number, left: number): number => {
    const from = mirrored ? width - (clientX - left) : clientX - left;
    return Math.max(0, Math.min(count - 1, Math.round(((from - scale) / Math.max(1, width - scale - 14)) * (count - 1))));
  };
  const pick = (row: number, { left, top }: DOMRect): void => onPick?.({ row, column: null, at: new DOMRect(left + x(row), top + y(sheet.cells[row]?.[0] ?? 0), 1, 1) });
  const path = (column: number): string => {
    const points = sheet.cells.flatMap((row, at) => (row[column] === null || row[column] === undefined ? [] : [`${x(at).toFixed(1)} ${y(row[column]).toFixed(1)}`]));
    return points.length ? `M${points.join('L')}` : '';
  };
  return (
    <>
      <Legend sheet={sheet} />
      <div className="lines-chart">
        <div ref={box} style={{ height: '100%' }}>
          {width > 0 && (
            <svg
              width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={spoken(sheet, title, 24)} style={{ cursor: onPick ? 'pointer' : 'default' }}
              onPointerMove={(event) => setNear(rowAt(event.clientX, event.currentTarget.getBoundingClientRect().left))}
              onPointerLeave={() => setNear(null)}
              onClick={(event) => {
                const place = event.currentTarget.getBoundingClientRect();
                pick(rowAt(event.clientX, place.left), place);
              }}
            >
              {steps.map((step) => (
                <g key={step}>
                  <line className="axis" x1={mirrored ? 14 : scale} x2={mirrored ? width - scale : width - 14} y1={y(step)} y2={y(step)} />
                  <text x={mirrored ? width - scale + 8 : scale - 8} y={y(step) + 4} textAnchor={mirrored ? 'start' : 'end'}>{sheet.show(step, 0, true)}</text>
                </g>
              ))}
              {sheet.rows.map((head, row) =>
                (count - 1 - row) % every === 0 ? (
                  <text key={head.id} x={x(row)} y={height - 5} textAnchor={anchor(row, count, mirrored)}>{head.label}</text>
                ) : null,
              )}
              {sheet.columns.map((column, at) => (
                <g key={column.id} fill="none" stroke={series(at)}>
                  {filled && path(at) && <path d={`${path(at)}L${x(count - 1)} ${y(0)}L${x(0)} ${y(0)}Z`} fill={series(at)} stroke="none" opacity={0.14} />}
                  <path d={path(at)} strokeWidth={2} strokeLinejoin="round" strokeLinecap="round" strokeDasharray={DASHES[at % 8]} />
                </g>
              ))}
              {near !== null && <line className="axis" x1={x(near)} x2={x(near)} y1={TOP} y2={height - FOOT} style={{ stroke: 'var(--x-line-chart)' }} />}
              {near !== null && sheet.columns.map((column, at) => {
                const value = sheet.cells[near]?.[at];
                return value === null || value === undefined ? null : <circle key={column.id} cx={x(near)} cy={y(value)} r={4} fill={series(at)} stroke="var(--x-surface)" strokeWidth={2} />;
              })}
            </svg>
          )}
        </div>
        {near !== null && <Tip sheet={sheet} row={near} x={x(near)} width={width} />}
        {onPick && count > 0 && <Reach sheet={sheet} title={title} near={near} onNear={setNear} onPick={(row) => pick(row, box.current!.getBoundingClientRect())} />}
      </div>
    </>
  );
}

interface ReachProps {
  sheet: Sheet;
  title: string;
  near: number | null;
  onNear: (row: number | null) => void;
  onPick: (row: number) => void;
}

/** By keyboard: arrows go from period to period, which is said, and Enter picks one. */
function Reach({ sheet, title, near, onNear, onPick }: ReachProps) {
  const last = sheet.rows.length - 1;
  const row = near ?? last;
  return (
    <input
      type="range" className="lines-reach" min={0} max={last} value={row}
      aria-label={title} aria-valuetext={spokenRow(sheet, row)}
      onFocus={() => onNear(row)}
      onBlur={() => onNear(null)}
      onChange={(event) => onNear(Number(event.currentTarget.value))}
      onKeyDown={(event) => {
        // a menu that opens while the key is still on its way would take it for its own
        if (event.key === 'Enter') setTimeout(() => onPick(row));
      }}
    />
  );
}

const anchor = (row: number, count: number, mirrored: boolean): 'start' | 'middle' | 'end' => {
  if (row === count - 1) return mirrored ? 'start' : 'end';
  return row === 0 ? (mirrored ? 'end' : 'start') : 'middle';
};

function Tip({ sheet, row, x, width }: { sheet: Sheet; row: number; x: number; width: number }) {
  const side = x > width / 2 ? { right: width - x + 26 } : { left: x + 26 };
  return (
    <div className="lines-tip" style={side} aria-hidden="true">
      <b>{sheet.rows[row]?.label}</b>
      {sheet.columns.map((column, at) => {
        const value = sheet.cells[row]?.[at];
        return value === null || value === undefined ? null : (
          <span key={column.id} className="num">{sheet.columns.length > 1 && `${column.label}: `}<bdi>{sheet.show(value, at)}</bdi></span>
        );
      })}
    </div>
  );
}
