import { useFormat } from '@/lib/useSettings';
import { gaugeShape } from './shapes';

/** A value between 0 and 100 on three quarters of a circle. */
export function Gauge({ value, label, color, size = 92 }: { value: number; label: string; color: string; size?: number }) {
  const format = useFormat();
  const { middle, radius, stroke, whole, filled } = gaugeShape(value, size);
  const ring = { cx: middle, cy: middle, r: radius };
  return (
    <svg width={size} height={size} role="img" aria-label={`${label}: ${format.number(value, 0)}`}>
      <g transform={`rotate(135 ${middle} ${middle})`} fill="none" strokeLinecap="round" strokeWidth={stroke}>
        <circle {...ring} stroke="var(--x-sunken)" strokeDasharray={whole} />
        {filled && <circle {...ring} stroke={color} strokeDasharray={filled} />}
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
