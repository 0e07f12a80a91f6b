/** The state of a dashboard that its address carries. */
import { words } from '@/lib/given';
import type { Cross } from './compose';

/** How a dashboard is shown: being built, for a period, narrowed by what was pointed at, on a wall. */
export interface BoardSearch {
  edit?: boolean | undefined;
  tile?: string | undefined;
  span?: string | undefined;
  cross?: Cross[] | undefined;
  wall?: boolean | undefined;
  /** Whether when it comes by itself is being chosen. */
  bring?: boolean | undefined;
  /** The moment whose figures are shown; those of now where it is absent. */
  at?: string | undefined;
}

function isCross(given: unknown): given is Cross {
  const { type, where, words: said } = (given ?? {}) as Record<string, unknown>;
  return typeof type === 'string' && typeof said === 'string' && typeof where === 'object' && where !== null;
}

/** With its zone: it names one moment wherever it is read. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

export function boardSearch(given: Record<string, unknown>): BoardSearch {
  const found: BoardSearch = {};
  const [tile, span, at] = [words(given.tile), words(given.span), words(given.at)];
  if (given.edit === true) found.edit = true;
  if (given.wall === true) found.wall = true;
  if (given.bring === true) found.bring = true;
  if (at && MOMENT.test(at) && !Number.isNaN(Date.parse(at))) found.at = at;
  if (tile) found.tile = tile;
  if (span) found.span = span;
  const cross = (Array.isArray(given.cross) ? given.cross : []).filter(isCross);
  if (cross.length) found.cross = cross;
  return found;
}
