import { useRouterState } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

/** The row at the top of a list, by the entry of the browser's history that shows it. */
const places = new Map<string, number>();

/** Where a list was left when back or forward leads to it again: the row to begin at, and what keeps the one it is at now. */
export function usePlace(): { from: number; keep: (row: number) => void } {
  const entry = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? location.href });
  const [from] = useState(() => places.get(entry) ?? 0);
  const keep = useCallback((row: number) => void places.set(entry, row), [entry]);
  return { from, keep };
}
