/** Everything about one record at once, as `view360` tells it. */

export interface Card {
  id: string;
  type: string;
  title: string;
  values: Record<string, unknown>;
}

export interface Reason {
  code: string;
  text: string;
  contribution: number;
  records: { id: string; title: string }[];
}

export interface Score {
  engine: string;
  scores: Record<string, unknown>;
  reasons: Reason[];
  paths: { code: string; strength: number | null; record: string; facts: Record<string, unknown> }[];
}

export interface Link {
  id: string;
  strength: number | null;
  values: Record<string, unknown>;
  record: Card;
}

export interface Section {
  field: string;
  relation: string;
  types: string[];
  label: string;
  count: number;
  links: Link[];
}

export interface Event {
  cursor: string;
  at: string;
  path: string[];
  record: Card | null;
  change: { op: string; actor: string; reason: string; fields: string[] } | null;
}

export interface Figure {
  name: string;
  label: string;
  measure: string;
  better: string;
  value: string | null;
  before: string | null;
  currency: string;
  months: { month: string; value: string }[];
}

export interface Action {
  code: string;
  text: string;
  facts: Record<string, unknown>;
  records: Card[];
}

export interface Open {
  record: Card;
  due: string | null;
  late: boolean;
}

export interface Earned {
  currency: string;
  total: string;
  count: number;
  lastYear: string;
  yearBefore: string;
  trend: number | null;
  months: { month: string; value: string; count: number }[];
}

export interface View {
  record: Card;
  at: string;
  headline: string[];
  sections: Section[];
  timeline: { events: Event[]; hasNextPage: boolean; endCursor: string | null };
  unfinished: Open[];
  money: Earned[];
  kpis: Figure[];
  figuresAt: string | null;
  health: Score | null;
  scores: Score[];
  actions: Action[];
}

export interface RiskPath {
  records: Card[];
  shares: number[];
  brings: number;
}

export interface Risk {
  risk: number;
  own: number;
  received: number;
  paths: RiskPath[];
}

export interface Cause {
  record: Card;
  risk: number;
  own: number;
  received: number;
  reasons: Reason[];
}

/** A score by the name of its engine. */
export const scoreOf = (view: View, engine: string): Score | undefined => view.scores.find((score) => score.engine === engine);

export const numberIn = (score: Score | null | undefined, name: string): number | null => {
  const value = score?.scores[name];
  return typeof value === 'number' ? value : null;
};

/** Whether a figure says anything: something has happened, now or in the year that it is compared with. */
export const says = ({ value, before, months }: Figure): boolean =>
  value !== null && (Number(value) !== 0 || Boolean(Number(before)) || months.some((month) => Number(month.value) !== 0));
