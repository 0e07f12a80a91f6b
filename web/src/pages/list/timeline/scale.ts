/** A stretch of time drawn as a line: where days lie on it, and what is written above it. */
import { startOfMonth, startOfWeek, type CalendarDate } from '@internationalized/date';

export const ZOOMS = ['day', 'week', 'month', 'quarter'] as const;
export type Zoom = (typeof ZOOMS)[number];

export interface Stretch {
  from: CalendarDate;
  /** The first day behind it. */
  to: CalendarDate;
  /** The first day of each part. */
  ticks: CalendarDate[];
}

const PARTS: Record<Zoom, { count: number; before: number; step: { days?: number; weeks?: number; months?: number } }> = {
  day: { count: 28, before: 7, step: { days: 1 } },
  week: { count: 13, before: 4, step: { weeks: 1 } },
  month: { count: 12, before: 4, step: { months: 1 } },
  quarter: { count: 12, before: 4, step: { months: 3 } },
};

const times = (step: { days?: number; weeks?: number; months?: number }, count: number) => ({
  days: (step.days ?? 0) * count,
  weeks: (step.weeks ?? 0) * count,
  months: (step.months ?? 0) * count,
});

function beginning(day: CalendarDate, zoom: Zoom, region: string): CalendarDate {
  if (zoom === 'day' || zoom === 'week') return startOfWeek(day, region);
  const month = startOfMonth(day);
  return zoom === 'month' ? month : month.subtract({ months: (month.month - 1) % 3 });
}

/** What is seen around a day: some of what lies before it, more of what lies behind it. */
export function stretchOf(day: CalendarDate, zoom: Zoom, region: string): Stretch {
  const { count, before, step } = PARTS[zoom];
  const from = beginning(day, zoom, region).subtract(times(step, before));
  const ticks = Array.from({ length: count }, (_, place) => from.add(times(step, place)));
  return { from, to: from.add(times(step, count)), ticks };
}

/** The day around which is seen what lies half a stretch back or on. */
export const shifted = (day: CalendarDate, zoom: Zoom, way: number): CalendarDate =>
  day.add(times(PARTS[zoom].step, way * Math.floor(PARTS[zoom].count / 2)));

const numberOf = (day: CalendarDate): number => day.toDate('UTC').getTime() / 86_400_000;

export const daysBetween = (from: CalendarDate, to: CalendarDate): number => Math.round(numberOf(to) - numberOf(from));

/** How far along the stretch a day lies: 0 at its beginning, 1 at its end. */
export const along = (day: CalendarDate, { from, to }: Stretch): number => daysBetween(from, day) / daysBetween(from, to);

export interface Bar {
  /** Shares of the stretch, cut to what is seen. */
  start: number;
  size: number;
  /** It began before, or goes on behind, what is seen. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** A record from its first day to its last, both whole; without a last day it is a point. */
export function barOf(first: CalendarDate, last: CalendarDate | null, stretch: Stretch): Bar {
  const begin = along(first, stretch);
  const end = along((last && last.compare(first) >= 0 ? last : first).add({ days: 1 }), stretch);
  const start = Math.max(0, begin);
  return { start, size: Math.max(0, Math.min(1, end) - start), cutBefore: begin < 0, cutAfter: end > 1 };
}
