import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import { gql, type Variables } from '@/api/gql';
import { keys } from '@/api/keys';
import { windowQuery } from '@/meta/compose';
import type { Page } from '@/meta/useUpdate';
import type { Asked } from './useAsked';
import { RUNG, rungsOf, WINDOW, type Anchor, type Asking } from './windows';

/** What the reader waits for goes first. */
const BESIDE_MS = 40;
/** A list whose rungs take longer than this is in no index's order: it is left alone. */
const DEAR_MS = 2_000;

/** The lists that every way was gone to once; plans outlive a page. */
const trodden = new Set<string>();

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, BESIDE_MS));

/** Cursors of a long list at even distances, fetched one after the other while nothing else is, for jumps into the middle of it. */
export function useRungs({ type, fields, where, text, order }: Asked, id: string, count: number): RefObject<Anchor[]> {
  const client = useQueryClient();
  const anchors = useRef<Anchor[]>([]);
  const rungs = rungsOf(count);
  const many = useRef(rungs);
  many.current = rungs;

  useEffect(() => {
    anchors.current = [];
    if (!many.current) return;
    const ended = new AbortController();

    async function quiet(): Promise<void> {
      do await pause();
      while (client.isFetching({ queryKey: keys.recordsOf(type.name) }));
    }

    /** Goes every way to rows once: what a database has planned before is there at once when the reader goes. */
    async function tread(cursor: string): Promise<void> {
      if (trodden.has(id)) return;
      trodden.add(id);
      const inside: Asking[] = [{ last: WINDOW, before: cursor, skip: 1 }, { first: WINDOW, after: cursor, skip: 1 }];
      const fromEnds: Asking[] = [{ last: WINDOW }, { last: WINDOW, skip: 1 }, { first: WINDOW, skip: 1 }];
      for (const way of [...inside, ...fromEnds]) {
        await quiet();
        await gql(windowQuery(type, fields), { where, text, order, ...way }, ended.signal);
      }
    }

    async function climb(): Promise<void> {
      let after: string | null = null;
      for (let rung = 1; rung <= many.current && !ended.signal.aborted; rung++) {
        await quiet();
        const began = performance.now();
        const asking: Variables = { where, text, order, first: 1, after, skip: RUNG - 1 };
        const { page } = await client.fetchQuery<Page>({
          queryKey: keys.rung(type.name, id, rung),
          queryFn: () => gql<Page>(windowQuery(type, []), asking, ended.signal),
          staleTime: Infinity,
          retry: false,
        });
        after = page.pageInfo.endCursor;
        if (!after || performance.now() - began > DEAR_MS) return;
        anchors.current.push({ at: rung * RUNG, behind: after }, { at: rung * RUNG - 1, before: after });
        if (rung === 1) await tread(after);
      }
    }

    climb().catch(() => undefined); // a list without rungs is a slower one
    return () => ended.abort();
  }, [client, id, rungs > 0]); // eslint-disable-line react-hooks/exhaustive-deps -- `id` says which list it is, whichever objects tell it
  return anchors;
}
