/** Ways of risk that are not alike in two runs: pure, so that it can be tested. */
export interface MovedWay {
  records: readonly string[];
  /** What it brought in each run; null where the run did not have it. */
  before: number | null;
  after: number | null;
}

export interface Sides {
  before: MovedWay[];
  after: MovedWay[];
  /** What the ways of the fuller side bring together: both are drawn to its scale. */
  total: number;
}

/** One way by its records. */
export const keyOf = ({ records }: MovedWay): string => records.join(' ');

const brought = (ways: readonly MovedWay[], side: 'before' | 'after'): number => ways.reduce((sum, way) => sum + (way[side] ?? 0), 0);

const had = (ways: readonly MovedWay[], side: 'before' | 'after'): MovedWay[] =>
  ways.filter((way) => way[side] !== null).sort((a, b) => b[side]! - a[side]!);

/** The ways that each run had, the strongest first. */
export const sidesOf = (ways: readonly MovedWay[]): Sides => ({
  before: had(ways, 'before'),
  after: had(ways, 'after'),
  total: Math.max(brought(ways, 'before'), brought(ways, 'after')),
});
