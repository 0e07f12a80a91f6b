interface Window {
  list: string;
  place: number;
  at: number;
  ids: readonly string[];
}

/** The ids of each list that was read, window after window; the list that was read last comes first. */
export function readLists(windows: readonly Window[]): string[][] {
  const lists = new Map<string, Window[]>();
  for (const each of windows) lists.set(each.list, [...(lists.get(each.list) ?? []), each]);
  const latest = (of: readonly Window[]): number => Math.max(...of.map(({ at }) => at));
  const sorted = [...lists.values()].sort((a, b) => latest(b) - latest(a));
  return sorted.map((each) => [...each].sort((a, b) => a.place - b.place).flatMap(({ ids }) => ids));
}

/** The record after or before one, in the first of the lists that hold it; undefined at the ends. Pure. */
export function beside(lists: readonly (readonly string[])[], id: string, by: 1 | -1): string | undefined {
  const list = lists.find((each) => each.includes(id));
  return list?.[list.indexOf(id) + by];
}
