import type { Icon } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { isRightToLeft } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { drawnWays, linesOf, type Leg, type Spot, type Way } from './ways';
import './charts.css';

export interface DrawnWay extends Way {
  /** How strong each of its links is, 0 to 1; null where strength does not count. */
  strengths: readonly (number | null)[];
  weakest: number | null;
}

interface Props {
  ways: readonly DrawnWay[];
  chosen: number;
  choose: (way: number) => void;
  open: (id: string) => void;
  lookOf: (type: string) => { color: string; Sign: Icon };
  label: string;
}

const LANE = 104;
const LOW = 190;

/** Ways from the one side to the other, the chosen one in colour; the list beside it says the same in words. */
export function Ways({ ways, chosen, choose, open, lookOf, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const seen = new ResizeObserver(([entry]) => entry && setWidth(Math.max(entry.contentRect.width, 300)));
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  const mirrored = isRightToLeft(useSettings().language);
  const { height, spots, legs } = drawnWays(ways, width, LANE);
  const room = Math.max(0, LOW - height) / 2;
  const x = (spot: Spot): number => (mirrored ? width - spot.x : spot.x);
  const isChosen = (leg: Leg): boolean => leg.ways.some(({ way }) => way === chosen);
  const onWay = new Set(ways[chosen]?.records.map(({ id }) => id));
  const said = ways.map(({ records }) => records.map(({ title }) => title).join(' → ')).join('; ');
  return (
    <div ref={box}>
      <svg className="ways" width={width} height={height + 2 * room} viewBox={`0 ${-room} ${width} ${height + 2 * room}`} role="img" aria-label={`${label}. ${said}`}>
        {[...legs].sort((a, b) => Number(isChosen(a)) - Number(isChosen(b))).map((leg) => (
          <Line key={leg.key} leg={leg} ways={ways} chosen={isChosen(leg) ? chosen : null} x={x} choose={choose} />
        ))}
        {spots.map((spot) => (
          <Stand key={spot.id} spot={spot} x={x(spot)} look={lookOf(spot.type)} strong={onWay.has(spot.id)} open={open} />
        ))}
      </svg>
    </div>
  );
}

interface LineProps {
  leg: Leg;
  ways: readonly DrawnWay[];
  chosen: number | null;
  x: (spot: Spot) => number;
  choose: (way: number) => void;
}

function Line({ leg, ways, chosen, x, choose }: LineProps) {
  const format = useFormat();
  const { from, to } = leg;
  const part = leg.ways.find(({ way }) => way === chosen) ?? leg.ways[0]!;
  const strength = ways[part.way]?.strengths[part.step] ?? null;
  const weakest = chosen !== null && ways[part.way]?.weakest === part.step;
  const [x0, x1] = [x(from), x(to)];
  const bend = (x1 - x0) / 2;
  const color = chosen === null ? 'var(--x-line-chart)' : weakest ? 'var(--x-warn-fill)' : 'var(--x-accent)';
  return (
    <g onClick={() => choose(part.way)} style={{ cursor: 'pointer' }}>
      <path d={`M${x0} ${from.y}C${x0 + bend} ${from.y} ${x1 - bend} ${to.y} ${x1} ${to.y}`} fill="none" stroke="transparent" strokeWidth={18} />
      <path
        d={`M${x0} ${from.y}C${x0 + bend} ${from.y} ${x1 - bend} ${to.y} ${x1} ${to.y}`}
        fill="none"
        stroke={color}
        strokeOpacity={chosen === null ? 0.45 : 0.9}
        strokeWidth={strength === null ? 2.5 : 1.5 + 6 * strength}
        strokeDasharray={weakest ? '7 5' : undefined}
      />
      {chosen !== null && strength !== null && (
        <g transform={`translate(${(x0 + x1) / 2} ${(from.y + to.y) / 2})`}>
          <rect x={-22} y={-10} width={44} height={20} rx={10} fill="var(--x-surface)" stroke="var(--x-line)" />
          <text y={4} textAnchor="middle" className={weakest ? 'ways-weak num' : 'ways-share num'}>
            {format.percent(strength, strength < 0.1 ? 1 : 0)}
          </text>
        </g>
      )}
    </g>
  );
}

interface StandProps {
  spot: Spot;
  x: number;
  look: { color: string; Sign: Icon };
  strong: boolean;
  open: (id: string) => void;
}

function Stand({ spot, x, look: { color, Sign }, strong, open }: StandProps) {
  const radius = spot.end ? 17 : 13;
  return (
    <g opacity={strong ? 1 : 0.72} onClick={() => open(spot.id)} style={{ cursor: 'pointer' }}>
      <title>{spot.title}</title>
      <circle cx={x} cy={spot.y} r={radius + 3} fill="var(--x-surface)" />
      <circle cx={x} cy={spot.y} r={radius} fill={color} />
      <Sign x={x - radius * 0.6} y={spot.y - radius * 0.6} size={radius * 1.2} color="#fff" stroke={1.8} />
      <text y={spot.y + radius + 2} textAnchor="middle" className={strong ? 'ways-name ways-strong' : 'ways-name'}>
        {linesOf(spot.title, spot.letters).map((line) => (
          <tspan key={line} x={x} dy={15}>{`\u2068${line}\u2069`}</tspan>
        ))}
      </text>
    </g>
  );
}
