import { memo } from 'react';
import { SPARK_WIDTH, sparkShape } from './shapes';

interface Props {
  values: readonly number[];
  color?: string;
  height?: number;
}

/** How a figure went, without axes; as wide as its place. */
export const Spark = memo(function Spark({ values, color = 'var(--x-accent)', height = 28 }: Props) {
  const shape = sparkShape(values, height);
  if (!shape) return null;
  return (
    <svg width="100%" height={height} viewBox={`0 0 ${SPARK_WIDTH} ${height}`} preserveAspectRatio="none" aria-hidden="true" className="spark">
      <path d={shape.area} fill={color} opacity=".1" />
      <path d={shape.line} fill="none" stroke={color} strokeWidth="1.6" strokeLinejoin="round" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
});
