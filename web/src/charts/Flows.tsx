import type { SVGProps } from 'react';
import { isRightToLeft } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { series, spoken, type OnPick, type Sheet } from './sheet';
import { GAP, streamsOf, wrapped, type Bank } from './streams';
import { useSize } from './useSize';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  onPick: OnPick;
}

const POST = 9;
const TOP = 6;
/** Between a bank and its words, from one of their lines to the next, and what a letter takes, in pixels. */
const BESIDE = 8;
const LINE = 14;
const LETTER = 6.2;

/** What goes from one group to another, as streams; they run with the writing. */
export function Flows({ sheet, title, onPick }: Props) {
  const [box, { width, height }] = useSize();
  const mirrored = isRightToLeft(useSettings().language);
  const name = Math.min(150, width * 0.3);
  const { sources, mouths, streams } = streamsOf(sheet, height - 2 * TOP);
  const said = (row: number, column: number, value: number): string => `${sheet.rows[row]?.label} – ${sheet.columns[column]?.label}: ${sheet.show(value, column)}`;
  const flip = (x: number): number => (mirrored ? width - x : x);
  const [x0, x1] = [name + POST, width - name - POST];
  const text = (x: number, { y, height: high, label }: Bank, atStart: boolean) => {
    const lines = wrapped(label, Math.floor((name - BESIDE) / LETTER), Math.max(1, Math.floor((high + GAP) / LINE)));
    const top = y + high / 2 + TOP + 4 - ((lines.length - 1) * LINE) / 2;
    return (
      <text className="name" textAnchor={atStart === mirrored ? 'start' : 'end'}>
        <title>{label}</title>
        {lines.map((line, place) => <tspan key={place} x={flip(x)} y={top + place * LINE}>{line}</tspan>)}
      </text>
    );
  };
  return (
    <div className="flows-chart">
      <div ref={box} style={{ height: '100%' }}>
        {width > 0 && (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role={onPick ? 'group' : 'img'} aria-label={onPick ? title : spoken(sheet, title)}>
            {streams.map(({ row, column, thick, y0, y1, value }) => (
              <path
                key={`${row} ${column}`} fill="none" stroke={series(row)} strokeWidth={Math.max(1, thick)}
                d={`M${flip(x0)} ${y0 + TOP}C${flip((x0 + x1) / 2)} ${y0 + TOP} ${flip((x0 + x1) / 2)} ${y1 + TOP} ${flip(x1)} ${y1 + TOP}`}
                {...(onPick && picked((at) => onPick({ row, column, at }), said(row, column, value)))}
              >
                <title>{said(row, column, value)}</title>
              </path>
            ))}
            {sources.map((each) => (
              <g key={each.place}>
                <rect x={mirrored ? width - x0 : x0 - POST} y={each.y + TOP} width={POST} height={Math.max(2, each.height)} rx={2} fill={series(each.place)} />
                {text(name - BESIDE, each, true)}
              </g>
            ))}
            {mouths.map((each) => (
              <g key={each.place}>
                <rect x={mirrored ? width - x1 - POST : x1} y={each.y + TOP} width={POST} height={Math.max(2, each.height)} rx={2} fill="var(--x-line-chart)" />
                {text(width - name + BESIDE, each, false)}
              </g>
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}

/** A part of a drawing that can be pressed: where it is clicked, or at its middle by Enter and Space. */
function picked(pick: (at: DOMRect) => void, label: string): SVGProps<SVGPathElement> {
  return {
    role: 'button',
    tabIndex: 0,
    'aria-label': label,
    onClick: ({ clientX, clientY }) => pick(new DOMRect(clientX, clientY, 1, 1)),
    onKeyDown: (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
      // a menu that opens while the key is still on its way would take it for its own
      setTimeout(() => pick(new DOMRect(left + width / 2, top + height / 2, 1, 1)));
    },
  };
}
