/** As of when the page is: the oldest of the answers that it shows. Pure. */
export interface Shown {
  queryKey: readonly unknown[];
  state: { data: unknown; dataUpdatedAt: number };
}

/** What stands around every page says nothing about the page. */
const AROUND = new Set(['me', 'model', 'counts', 'notifications', 'views']);

export function asOf(shown: readonly Shown[]): number | null {
  const times = shown.filter(({ queryKey, state }) => state.data != null && !AROUND.has(String(queryKey[0]))).map(({ state }) => state.dataUpdatedAt);
  return times.length ? Math.min(...times) : null;
}
