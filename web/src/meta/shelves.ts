/** Records on shelves, such as the stages of a board or the days of a calendar: where they stand, and how they are moved. */
import type { Row } from './rows';

export interface Shelf {
  nodes: Row[];
  /** How many there are, whether they are here or not. */
  count: number;
  /** A figure over all of them, where one was asked for. */
  sum: unknown;
  /** Behind which cursor more of them are; null when all are here. */
  next: string | null;
}

export type Shelves = Record<string, Shelf>;

export const EMPTY: Shelf = { nodes: [], count: 0, sum: null, next: null };

export function shelfOf(shelves: Shelves, id: string): string | undefined {
  return Object.keys(shelves).find((key) => shelves[key]?.nodes.some((node) => node.id === id));
}

/** The record as first of another shelf; sums are left to the server, which knows how to add. */
export function moved(shelves: Shelves, row: Row, from: string, to: string): Shelves {
  const left = shelves[from] ?? EMPTY;
  const reached = shelves[to] ?? EMPTY;
  return {
    ...shelves,
    [from]: { ...left, count: left.count - 1, nodes: left.nodes.filter((node) => node.id !== row.id) },
    [to]: { ...reached, count: reached.count + 1, nodes: [row, ...reached.nodes] },
  };
}

/** What is known anew of a record, wherever it stands. */
export function renewed(shelves: Shelves, row: Row): Shelves {
  const one = (node: Row): Row => (node.id === row.id ? { ...node, ...row } : node);
  return Object.fromEntries(Object.entries(shelves).map(([key, shelf]) => [key, { ...shelf, nodes: shelf.nodes.map(one) }]));
}

/** One page more on a shelf. */
export function extended(shelves: Shelves, key: string, nodes: readonly Row[], next: string | null): Shelves {
  const shelf = shelves[key] ?? EMPTY;
  return { ...shelves, [key]: { ...shelf, nodes: [...shelf.nodes, ...nodes], next } };
}
