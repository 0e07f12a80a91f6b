import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Way } from '@/graph/asking';
import type { Marks } from '@/graph/stage';
import type { Body } from './scenes';
import type { Explorer } from './useExplorer';

const NONE: ReadonlySet<string> = new Set();

/** Who is picked, chosen and pinned. One that is picked is in the address; the others are of the moment. */
export function useSelection({ search, change }: Explorer, ways: readonly Way[], kept: Body | null | undefined, groupOf: ReadonlyMap<string, string>) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  const [edge, setEdge] = useState<{ key: string; links: readonly string[] } | null>(null);
  const [pinned, setPinned] = useState<ReadonlySet<string>>(NONE);
  const picked = search.pick === undefined ? null : (groupOf.get(search.pick) ?? search.pick);

  useEffect(() => {
    if (kept) setPinned(new Set(kept.pinned));
  }, [kept]);

  function pick(id: string | null, more: boolean): void {
    setEdge(null);
    if (id !== null && more) {
      const next = new Set(chosen.size || !picked ? chosen : [picked]);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
      return;
    }
    setChosen(NONE);
    if (id !== picked) change({ pick: id ?? undefined }, id === null || picked !== null);
  }

  function pickLinks(links: readonly string[], key: string): void {
    setChosen(NONE);
    setEdge({ key, links });
  }

  function choose(ids: readonly string[]): void {
    setEdge(null);
    setChosen(new Set(ids));
  }

  const pin = useCallback((ids: readonly string[], keep = false): void => {
    setPinned((before) => {
      const next = new Set(before);
      const held = !keep && ids.every((id) => before.has(id));
      for (const id of ids) {
        if (held) next.delete(id);
        else next.add(id);
      }
      return next;
    });
  }, []);

  const marks = useMemo<Marks>(() => {
    const led = picked === null && !chosen.size && !edge ? ways.flatMap(({ records }) => records.map(({ id }) => groupOf.get(id) ?? id)) : [];
    return { picked: edge ? null : picked, chosen, edge: edge?.key ?? null, ways: new Set(led) };
  }, [picked, chosen, edge, ways, groupOf]);
  return { selection: { picked, chosen, links: edge?.links ?? [] }, marks, pinned, pick, pickLinks, choose, pin };
}
