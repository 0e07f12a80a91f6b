/** Everything about one record at once, as `view360` tells it, and what is read from it. Pure. */
import type { Format } from '@/lib/format';
import type { Tone } from '@/ui/tones';
import type { Field } from './types';

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
  change: { op: string; actorName: string; reason: string; fields: string[] } | null;
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

export const healthTone = (value: number): Tone => (value >= 66 ? 'good' : value >= 40 ? 'warn' : 'bad');
export const riskTone = (value: number): Tone => (value >= 50 ? 'bad' : value >= 20 ? 'warn' : 'good');

/** Where everybody begins is no reason. */
const FULL = 'health.full';

export const movers = (health: Score | null): Reason[] => (health?.reasons ?? []).filter((reason) => reason.code !== FULL);

/** Reasons as rows of a chart, each with the records it stands on. */
export const rowsOf = (reasons: readonly Reason[], scale: number) =>
  reasons.map(({ code, text, contribution, records }) => ({ key: code + text, text, value: contribution * scale, records }));

/** A figure as it is read: short, with its currency. */
export function figureWords({ value, currency }: Figure, format: Format): string {
  if (value === null) return '–';
  return currency ? format.money({ amount: value, currency }, true) : format.number(value, 1);
}

/** Whether it moved for good or bad; null where it stands or nothing is known of before. */
export function toneOf({ before, value, better }: Figure): 'good' | 'bad' | null {
  if (before === null || value === null || Number(before) === Number(value)) return null;
  return Number(value) > Number(before) === (better === 'more') ? 'good' : 'bad';
}

/** By how much it moved: as a share where that says something, else as a difference. */
export function trendWords(figure: Figure, format: Format): string {
  const [before, now] = [Number(figure.before), Number(figure.value)];
  const share = before ? (now - before) / Math.abs(before) : null;
  if (share === null || Math.abs(share) > 9.99) return differenceWords(now - before, figure.currency, format);
  return `${share > 0 ? '+' : ''}${format.percent(share)}`;
}

function differenceWords(by: number, currency: string | null, format: Format): string {
  return currency ? `${by > 0 ? '+' : ''}${format.money({ amount: String(by), currency }, true)}` : format.signed(by);
}

const OPERATIONS = ['create', 'update', 'delete', 'restore', 'erase', 'end', 'unlink'];

/** What was done, by the name that the catalogues have words for. */
export const operation = (op: string): string => (OPERATIONS.includes(op) ? op : 'update');

/** The fields behind the stored parts that a change names: money is kept as an amount and a currency. */
export function changedFields<F extends Pick<Field, 'name'>>(stored: readonly string[], fields: readonly F[]): F[] {
  const names = new Set(stored.map((name) => name.replace(/_(e\d+|currency)$/, '')));
  return fields.filter((field) => names.has(field.name));
}
