import { memo } from 'react';

interface Props {
  values: readonly number[];
  color?: string;
  height?: number;
}

const WIDTH = 200;
const EDGE = 3;

/** How a figure went, without axes; as wide as its place. */
export const Spark = memo(function Spark({ values, color = 'var(--x-accent)', height = 28 }: Props) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const y = (value: number) => height - EDGE - ((value - low) / (high - low || 1)) * (height - 2 * EDGE);
  const x = (place: number) => (place / (values.length - 1)) * (WIDTH - 4) + 2;
  const line = values.map((value, place) => `${place ? 'L' : 'M'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return (
    <svg width="100%" height={height} viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" aria-hidden="true" className="spark">
      <path d={`${line}L${WIDTH - 2} ${height}L2 ${height}Z`} fill={color} opacity=".1" />
      <path d={line} fill="none" stroke={color} strokeWidth="1.6" strokeLinejoin="round" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
});
