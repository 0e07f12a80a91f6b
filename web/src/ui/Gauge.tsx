import { useFormat } from '@/lib/useSettings';

const ARC = 0.75;
const WIDTH = 7;

/** A value between 0 and 100 on three quarters of a circle. */
export function Gauge({ value, label, color, size = 92 }: { value: number; label: string; color: string; size?: number }) {
  const format = useFormat();
  const middle = size / 2;
  const radius = middle - WIDTH;
  const round = 2 * Math.PI * radius;
  const filled = (round * ARC * Math.max(0, Math.min(value, 100))) / 100;
  const ring = { cx: middle, cy: middle, r: radius };
  return (
    <svg width={size} height={size} role="img" aria-label={`${label}: ${format.number(value, 0)}`}>
      <g transform={`rotate(135 ${middle} ${middle})`} fill="none" strokeLinecap="round" strokeWidth={WIDTH}>
        <circle {...ring} stroke="var(--x-sunken)" strokeDasharray={`${round * ARC} ${round}`} />
        {filled > 0 && <circle {...ring} stroke={color} strokeDasharray={`${filled} ${round}`} />}
      </g>
      <text
        x="50%" y="50%" dy=".36em" textAnchor="middle" className="num" fill="var(--x-ink)"
        fontSize={size * 0.29} fontWeight="650" style={{ fontFamily: 'var(--x-font)' }}
      >
        {format.number(value, 0)}
      </text>
    </svg>
  );
}
