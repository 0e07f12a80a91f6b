import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { idOf, joined, membersOf } from '@/graph/groups';
import { plus, toggled, withoutNothing, type ExploreSearch } from './address';

export interface Explorer {
  search: ExploreSearch;
  /** `again`: in place of the present entry of the history, for what nobody wants to walk back through. */
  change: (change: Partial<Record<keyof ExploreSearch, unknown>>, again?: boolean) => void;
  add: (ids: readonly string[]) => void;
  grow: (id: string, relation?: string) => void;
  hide: (ids: readonly string[]) => void;
  /** Puts records together as one disc, and picks it. */
  gather: (ids: readonly string[]) => void;
  /** Takes a disc apart again. */
  part: (group: string) => void;
  rename: (group: string, name: string) => void;
  waysBetween: (a: string, b: string) => void;
  toggle: (list: 'off' | 'without' | 'likely', entry: string) => void;
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
    gather: (ids) => {
      const group = joined(search.group ?? [], ids);
      change({ group, pick: group.at(-1) && idOf(group.at(-1)!) });
    },
    part: (id) => change({ group: (search.group ?? []).filter((each) => idOf(each) !== id), pick: undefined }),
    rename: (id, name) => change({ group: (search.group ?? []).map((each) => (idOf(each) === id ? { ids: each.ids, ...(name && { name }) } : each)) }, true),
    add: (ids) => change({ from: plus(search.from, ...ids), pick: ids.at(-1), hops: search.from?.length ? (search.hops ?? 1) : search.hops }),
    grow: (id, relation) => change({ grow: plus(search.grow, relation ? `${id} ${relation}` : id), pick: id }),
    hide: (ids) => change({ hide: plus(search.hide, ...membersOf(ids, search.group ?? [])), pick: undefined }),
    waysBetween: (a, b) => change({ ways: [...(search.ways ?? []).filter((pair) => pair !== `${a} ${b}`), `${a} ${b}`], pick: undefined }),
    toggle: (list, entry) => change({ [list]: toggled(search[list], entry) }),
  };
}
