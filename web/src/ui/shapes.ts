/** The geometry of small drawings, whatever draws them. Pure. */
const ARC = 0.75;
const STROKE = 7;

export interface GaugeShape {
  middle: number;
  radius: number;
  stroke: number;
  /** Dashes of the whole arc, and of what is filled; null where nothing is. */
  whole: string;
  filled: string | null;
}

/** A value between 0 and 100 on three quarters of a circle. */
export function gaugeShape(value: number, size: number): GaugeShape {
  const middle = size / 2;
  const radius = middle - STROKE;
  const round = 2 * Math.PI * radius;
  const filled = (round * ARC * Math.max(0, Math.min(value, 100))) / 100;
  return { middle, radius, stroke: STROKE, whole: `${round * ARC} ${round}`, filled: filled > 0 ? `${filled} ${round}` : null };
}

export const SPARK_WIDTH = 200;
const EDGE = 3;

/** How a figure went as a line, and the same closed at the foot; null where there is none. */
export function sparkShape(values: readonly number[], height: number): { line: string; area: string } | null {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const y = (value: number) => height - EDGE - ((value - low) / (high - low || 1)) * (height - 2 * EDGE);
  const x = (place: number) => (place / (values.length - 1)) * (SPARK_WIDTH - 4) + 2;
  const line = values.map((value, place) => `${place ? 'L' : 'M'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return { line, area: `${line}L${SPARK_WIDTH - 2} ${height}L2 ${height}Z` };
}

export interface Bar {
  /** Per cent of the whole width. */
  width: number;
  start: number;
  tone: 'good' | 'bad';
}

/** Bars from one middle: what adds to one side, what takes to the other. */
export function signedBars(values: readonly number[], moreIsBetter: boolean): Bar[] {
  const most = Math.max(...values.map(Math.abs), 1e-9);
  return values.map((value) => {
    const width = (Math.abs(value) / most) * 50;
    return { width, start: value > 0 ? 50 : 50 - width, tone: value > 0 === moreIsBetter ? 'good' : 'bad' };
  });
}
