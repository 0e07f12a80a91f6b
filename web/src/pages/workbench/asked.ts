/** What the workbench shows, as its address carries it. */
import { words } from '@/lib/given';

export const SCORES = ['churn', 'influence'] as const;
export type ScoreName = (typeof SCORES)[number];
export const TABS = ['ranking', 'quality', 'moved', 'map', 'runs'] as const;
export type Tab = (typeof TABS)[number];
export const BANDS = ['high', 'medium', 'low'] as const;
export const MEASURES = ['PAGERANK', 'BETWEENNESS', 'CLOSENESS', 'CORE', 'DEGREE', 'BROKERAGE'] as const;
export type Measure = (typeof MEASURES)[number];

export interface WorkbenchSearch {
  type?: string;
  score?: ScoreName;
  tab?: Tab;
  band?: string;
  measure?: Measure;
  /** The record that is looked at. */
  record?: string;
  /** Two runs that are compared: the earlier one, the later one. */
  a?: string;
  b?: string;
}

/** A change of the address; what is undefined is taken out of it. */
export type Part = { [Key in keyof WorkbenchSearch]: WorkbenchSearch[Key] | undefined };

const among = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((each) => each === value);

export function workbenchSearch(given: Record<string, unknown>): WorkbenchSearch {
  const found: Record<keyof WorkbenchSearch, unknown> = {
    type: words(given.type),
    score: among(SCORES, given.score),
    tab: among(TABS, given.tab),
    band: among(BANDS, given.band),
    measure: among(MEASURES, given.measure),
    record: words(given.record),
    a: words(given.a),
    b: words(given.b),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as WorkbenchSearch;
}

/** What is chosen and how to choose otherwise, as the parts of the page share it. */
export interface Chosen {
  type: string;
  score: ScoreName;
  band: string;
  measure: Measure;
  record: string;
  a: string;
  b: string;
}
