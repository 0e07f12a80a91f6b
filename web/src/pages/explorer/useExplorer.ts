import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { plus, toggled, withoutNothing, type ExploreSearch } from './address';

export interface Explorer {
  search: ExploreSearch;
  /** `again`: in place of the present entry of the history, for what nobody wants to walk back through. */
  change: (change: Partial<Record<keyof ExploreSearch, unknown>>, again?: boolean) => void;
  add: (ids: readonly string[]) => void;
  grow: (id: string, relation?: string) => void;
  hide: (ids: readonly string[]) => void;
  waysBetween: (a: string, b: string) => void;
  toggle: (list: 'off' | 'without', entry: string) => void;
}

/** The address of the explorer, and everything that changes it. */
export function useExplorer(): Explorer {
  const search = useSearch({ from: '/explore' });
  const go = useNavigate({ from: '/explore' });
  const change = useCallback<Explorer['change']>(
    (wanted, again = false) => void go({ search: (before) => withoutNothing({ ...before, ...wanted } as ExploreSearch), replace: again }),
    [go],
  );
  return {
    search,
    change,
    add: (ids) => change({ from: plus(search.from, ...ids), pick: ids.at(-1), hops: search.from?.length ? (search.hops ?? 1) : search.hops }),
    grow: (id, relation) => change({ grow: plus(search.grow, relation ? `${id} ${relation}` : id), pick: id }),
    hide: (ids) => change({ hide: plus(search.hide, ...ids), pick: undefined }),
    waysBetween: (a, b) => change({ ways: [...(search.ways ?? []).filter((pair) => pair !== `${a} ${b}`), `${a} ${b}`], pick: undefined }),
    toggle: (list, entry) => change({ [list]: toggled(search[list], entry) }),
  };
}
