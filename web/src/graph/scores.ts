/** Scores of records as sizes and shades. Pure. */
export const MEASURES = ['degree', 'influence', 'churn', 'strength'] as const;
export type Measure = (typeof MEASURES)[number];

/** What the last runs of analytics stored of a record; null where they said nothing. Shares are between 0 and 1. */
export interface Scored {
  influence: number | null;
  churn: number | null;
  strength: number | null;
  community: number | null;
}

export type Scores = ReadonlyMap<string, Scored>;

/** A measure of each record between 0 and 1; records without one are left out. */
export function sharesOf(measure: Measure, ids: Iterable<string>, degree: ReadonlyMap<string, number>, scores: Scores): Map<string, number> {
  const found = new Map<string, number>();
  if (measure !== 'degree') {
    for (const id of ids) {
      const value = scores.get(id)?.[measure];
      if (typeof value === 'number') found.set(id, Math.min(1, Math.max(0, value)));
    }
    return found;
  }
  // links are spread over powers: by their logarithm a hub is large and the rest can still be told apart
  const most = Math.log1p(mostOf(degree.values()));
  for (const id of ids) found.set(id, Math.log1p(degree.get(id) ?? 0) / most);
  return found;
}

function mostOf(values: Iterable<number>): number {
  let most = 1;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** The radius of a disc in pixels: its area tells the measure, and crowds are drawn smaller. */
export function radiusOf(share: number | undefined, order: number): number {
  const [least, most] = order > 10_000 ? [1, 6] : order > 1500 ? [1.6, 9] : order > 600 ? [2.4, 13] : order > 300 ? [2.6, 13] : order > 150 ? [4, 17] : [6, 20];
  return least + (most - least) * Math.sqrt(share ?? 0);
}
