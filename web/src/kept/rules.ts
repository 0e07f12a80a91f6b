/** Which answers are kept to be read without a line, how much of them, and for how long. Pure. */
import type { QueryKey } from '@tanstack/react-query';

export interface Answer {
  hash: string;
  /** Part of what the application stands on, rather than something that somebody opened. */
  basis: boolean;
  at: number;
  data: unknown;
}

const DAY_MS = 86_400_000;
export const MOST_ANSWERS = 200;
export const OLDEST_MS = 7 * DAY_MS;
const MOST_PAGES = 2;

const BASIS = new Set(['me', 'model', 'counts', 'day']);
const OPENED = new Set(['records', 'totals', 'laid out', 'views']);
/** The parts of a record's page; the model's designer, plans and versions ask for more than reading does. */
const OF_RECORD = new Set(['view360', 'links', 'history', 'card', 'risk']);

export function isBasis([first, second]: QueryKey): boolean {
  return BASIS.has(String(first)) && (first !== 'model' || second === undefined || second === 'profiles');
}

/** A record of the past is not kept: it can be asked for anew, and there are as many as days; of long lists the beginning. */
export function isKept(key: QueryKey): boolean {
  const [first, , part, asOf] = key;
  if (first === 'records' && typeof key[3] === 'number' && key[3] >= MOST_PAGES) return false;
  if (first === 'record') return OF_RECORD.has(String(part)) && !(part === 'view360' && asOf);
  return isBasis(key) || OPENED.has(String(first));
}

/** Of long lists the beginning. */
export function trimmed(data: unknown): unknown {
  if (!isPaged(data) || data.pages.length <= MOST_PAGES) return data;
  return { pages: data.pages.slice(0, MOST_PAGES), pageParams: data.pageParams.slice(0, MOST_PAGES) };
}

function isPaged(data: unknown): data is { pages: unknown[]; pageParams: unknown[] } {
  return typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) && 'pageParams' in data && Array.isArray(data.pageParams);
}

/** The hashes of what has to go: what is too old, then the oldest of what was opened beyond the most that is kept. */
export function outgrown(answers: readonly Omit<Answer, 'data'>[], now: number): string[] {
  const isOld = (answer: Omit<Answer, 'data'>): boolean => now - answer.at > OLDEST_MS;
  const opened = answers.filter((answer) => !isOld(answer) && !answer.basis).sort((a, b) => b.at - a.at);
  return [...answers.filter(isOld), ...opened.slice(MOST_ANSWERS)].map(({ hash }) => hash);
}
