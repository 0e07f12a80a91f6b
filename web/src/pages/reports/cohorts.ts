/** Figures of two periods as cohorts: those who began together, and what became of them so many periods later. */
import type { Calendar } from '@/lib/settings';
import { dayOf } from '@/lib/calendar';
import type { Figures } from './answer';
import type { Key, Tile, Unit } from './board';

const DAY_MS = 86_400_000;
const MOST = 24;

/** Which period of its kind a day begins, counted through. */
export function ordinal(from: string, unit: Unit, calendar: Calendar): number {
  const days = Math.round(Date.parse(`${from.slice(0, 10)}T00:00:00Z`) / DAY_MS);
  if (unit === 'DAY') return days;
  if (unit === 'WEEK') return Math.floor(days / 7);
  const { year, month } = dayOf(from, calendar);
  if (unit === 'YEAR') return year;
  return unit === 'MONTH' ? year * 12 + month - 1 : year * 4 + Math.ceil(month / 3) - 1;
}

const MEASURED: Record<Unit, [unit: string, each: number]> = { DAY: ['day', 1], WEEK: ['week', 1], MONTH: ['month', 1], QUARTER: ['month', 3], YEAR: ['year', 1] };

/** How much later than those who began together, in words: quarters in months, for which every language has a word. */
export function laterWords(later: number, unit: Unit, tag: string): string {
  const [measured, each] = MEASURED[unit];
  return new Intl.NumberFormat(tag, { style: 'unit', unit: measured, unitDisplay: 'long', signDisplay: 'exceptZero' }).format(later * each);
}

export function cohorts(figures: Figures, by: readonly Key[], calendar: Calendar, name: (later: number) => string): Figures {
  const unit = by[1]?.unit ?? 'MONTH';
  const at = (id: string): number => ordinal(id, unit, calendar);
  if (!by[0]?.unit || !by[1]?.unit) return figures;
  const later = (row: number, column: number): number => at(figures.columns[column]!.id) - at(figures.rows[row]!.id);
  const found = figures.rows.map((_, row) => new Map(figures.columns.map((_c, column) => [later(row, column), column])));
  const latest = Math.min(MOST, Math.max(0, ...figures.rows.flatMap((_, row) => figures.columns.flatMap((_c, column) => (figures.cells[row]?.[column] ? [later(row, column)] : [])))));
  const steps = Array.from({ length: latest + 1 }, (_, place) => place);
  return {
    ...figures,
    columns: steps.map((step) => ({ id: String(step), label: name(step) })),
    cells: found.map((columns, row) => steps.map((step) => {
      const column = columns.get(step);
      return column === undefined ? null : (figures.cells[row]?.[column] || null);
    })),
    fits: (row, column) => figures.fits(row, column === null ? null : (found[row]?.get(column) ?? null)),
  };
}

/** The figures of a tile as it draws them: those of cohorts by how much later. */
export function asCohorts(figures: Figures, tile: Tile, calendar: Calendar, tag: string): Figures {
  const { by } = tile.source;
  return tile.kind === 'cohort' ? cohorts(figures, by, calendar, (later) => laterWords(later, by[1]?.unit ?? 'MONTH', tag)) : figures;
}
