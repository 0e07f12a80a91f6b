import { isRightToLeft } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import './charts.css';

interface Props {
  bins: readonly { said: number; came: number; count: number }[];
  label: string;
  /** The names of the axes: what was foretold, and what came. */
  said: string;
  came: string;
}

const WIDTH = 440;
const HEIGHT = 260;
const EDGE = { start: 52, end: 16, top: 12, bottom: 44 };

/** What was foretold beside what came: on the diagonal a risk of ten in a hundred means ten of a hundred. Roots stretch the small ones apart. */
export function Calibration({ bins, label, said, came }: Props) {
  const format = useFormat();
  const mirrored = isRightToLeft(useSettings().language);
  const most = Math.max(0.05, ...bins.map((bin) => Math.max(bin.said, bin.came)));
  const top = [0.1, 0.25, 0.5, 1].find((each) => each >= most) ?? 1;
  const plain = (value: number): number => EDGE.start + Math.sqrt(value / top) * (WIDTH - EDGE.start - EDGE.end);
  const x = (value: number): number => (mirrored ? WIDTH - plain(value) : plain(value));
  const y = (value: number): number => HEIGHT - EDGE.bottom - Math.sqrt(value / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const ticks = [0, top / 25, top / 5, top];
  const total = bins.reduce((sum, bin) => sum + bin.count, 0) || 1;
  const shown = [...bins].sort((a, b) => a.said - b.said);
  const words = shown.map((bin) => `${said} ${format.percent(bin.said, 1)}: ${came} ${format.percent(bin.came, 1)}`).join('; ');
  return (
    <svg className="calibration" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={`${label}. ${words}`}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(0)} x2={x(top)} y1={y(tick)} y2={y(tick)} stroke="var(--x-line)" />
          <text x={x(tick)} y={HEIGHT - EDGE.bottom + 16} textAnchor="middle">{format.percent(tick, 1)}</text>
          <text x={mirrored ? WIDTH - EDGE.start + 8 : EDGE.start - 8} y={y(tick) + 4} textAnchor={mirrored ? 'start' : 'end'}>{format.percent(tick, 1)}</text>
        </g>
      ))}
      <line x1={x(0)} y1={y(0)} x2={x(top)} y2={y(top)} stroke="var(--x-line-chart)" strokeDasharray="4 4" />
      <polyline points={shown.map((bin) => `${x(bin.said)},${y(bin.came)}`).join(' ')} fill="none" stroke="var(--x-accent)" strokeWidth={1.6} strokeOpacity={0.5} />
      {shown.map((bin, place) => (
        <circle key={place} cx={x(bin.said)} cy={y(bin.came)} r={3.5 + 6 * Math.sqrt(bin.count / total)} fill="var(--x-accent)" fillOpacity={0.75} stroke="var(--x-surface)" strokeWidth={1.5}>
          <title>{`${said} ${format.percent(bin.said, 1)}, ${came} ${format.percent(bin.came, 1)}`}</title>
        </circle>
      ))}
      <text x={WIDTH / 2} y={HEIGHT - 8} textAnchor="middle" className="calibration-axis">{said}</text>
      <text transform={`translate(${mirrored ? WIDTH - 12 : 14} ${HEIGHT / 2 - 14}) rotate(-90)`} textAnchor="middle" className="calibration-axis">{came}</text>
    </svg>
  );
}
