import { useEffect, useRef, useState } from 'react';
import type { Format } from '@/lib/format';
import { isRightToLeft } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { layersOf, type Flow, type PathOf, type Stop } from './layers';
import './charts.css';

interface Props {
  paths: readonly PathOf[];
  label: string;
  colorOf: (type: string) => string;
  /** The path that is followed to its cause. */
  chosen: number | null;
  onChoose: (path: number) => void;
  height?: number;
  /** What fills the height, where two drawings are to be of one scale. */
  total?: number;
}

const HEIGHT = 292;
const SIDE = 16;
const NODE = 10;
const NARROW = 520;
const LETTER = 6.6;

/** How risk reaches a record: streams as thick as what they bring; on a phone the same as a list, strongest first. */
export function RiskPaths(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => (window.innerWidth < 760 ? 360 : 760));
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return (
    <div ref={box}>
      {width < NARROW ? (
        <AsList {...props} />
      ) : (
        <Drawing {...props} width={width} />
      )}
    </div>
  );
}

function AsList({ paths, colorOf, chosen, onChoose }: Props) {
  const format = useFormat();
  return (
    <ol className="risk-list">
      {paths.map((path, place) => (
        <li key={place}>
          <button type="button" aria-pressed={chosen === place} onClick={() => onChoose(place)}>
            <b className={place ? 'num' : 'num bad'}>{share(path.weight, format)}</b>
            <span className="steps">
              {path.steps.map((step, at) => (
                <span key={`${at} ${step.id}`}>
                  <i className="dot" style={{ background: colorOf(step.type) }} />
                  <span className="cut" dir="auto">{step.title}</span>
                </span>
              ))}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** A share that is small is told with more digits, one that hardly is at all as such. */
export function share(weight: number, format: Format): string {
  if (weight > 0 && weight < 0.001) return `<\u2009${format.percent(0.001, 1)}`;
  return format.percent(weight, weight < 0.1 ? 1 : 0);
}

function Drawing({ paths, label, colorOf, chosen, onChoose, width, height = HEIGHT, total }: Props & { width: number }) {
  const mirrored = isRightToLeft(useSettings().language);
  const [near, setNear] = useState<number | null>(null);
  const strong = near ?? chosen ?? 0;
  const { columns, stops, flows } = layersOf(paths, height, total);
  const x = (column: number): number => {
    const plain = columns > 1 ? SIDE + (column * (width - 2 * SIDE - NODE)) / (columns - 1) : width - SIDE - NODE;
    return mirrored ? width - plain - NODE : plain;
  };
  return (
    <svg className="risk-drawing" onPointerLeave={() => setNear(null)} width={width} height={height} role="img" aria-label={`${label} ${paths.map(inWords).join('; ')}`}>
      {flows.map((flow, place) => (
        <path
          key={place}
          d={curve(flow, x, mirrored)}
          fill="none"
          stroke={flow.path === strong ? 'var(--x-bad-fill)' : 'var(--x-ink-3)'}
          strokeOpacity={flow.path === strong ? 0.34 : 0.17}
          strokeWidth={Math.max(2, flow.thick)}
          className="flow"
          onPointerEnter={() => setNear(flow.path)}
          onClick={() => onChoose(flow.path)}
        />
      ))}
      {stops.map((stop) => (
        <Node
          key={stop.key}
          stop={stop}
          x={x(stop.column)}
          room={(width - 2 * SIDE) / Math.max(columns - 1, 1)}
          last={stop.column === columns - 1}
          mirrored={mirrored}
          color={colorOf(stop.type)}
        />
      ))}
    </svg>
  );
}

const inWords = (path: PathOf): string => path.steps.map((step) => step.title).join(' → ');

function curve({ from, to, y0, y1 }: Flow, x: (column: number) => number, mirrored: boolean): string {
  const x0 = x(from.column) + (mirrored ? 0 : NODE);
  const x1 = x(to.column) + (mirrored ? NODE : 0);
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}

interface NodeProps {
  stop: Stop;
  x: number;
  /** How wide a column is. */
  room: number;
  last: boolean;
  mirrored: boolean;
  color: string;
}

function Node({ stop, x, room, last, mirrored, color }: NodeProps) {
  const format = useFormat();
  const longest = Math.max(8, Math.floor(room / LETTER) - 8);
  const title = stop.title.length > longest ? `${stop.title.slice(0, longest - 1)}…` : stop.title;
  // the anchor of a text follows its direction: "end" is the left edge of a Persian line
  return (
    <g>
      <rect x={x} y={stop.y} width={NODE} height={stop.height} rx={3} fill={color} />
      <text
        x={last !== mirrored ? x + NODE : x}
        y={last ? stop.y + stop.height + 17 : stop.y - 7}
        fontSize={12}
        fontWeight={last ? 620 : 520}
        fill="var(--x-ink)"
        textAnchor={last ? 'end' : 'start'}
        direction={mirrored ? 'rtl' : 'ltr'}
      >
        {`\u2068${title}\u2069 `}
        <tspan fill="var(--x-ink-3)" fontWeight={500}>{`\u2068${share(stop.weight, format)}\u2069`}</tspan>
      </text>
    </g>
  );
}
