import { hashKey, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { keys } from '@/api/keys';
import { useKey } from '@/lib/useKey';
import type { EntityType } from '@/meta/model';
import type { Page } from '@/meta/useUpdate';
import { beside, readLists } from './beside';

/** What the keyboard does on the page of a record: to its form, to a new one, and through the list that it was found in. */
export function useRecordKeys(id: string, type: EntityType, closed: boolean): void {
  const go = useNavigate();
  const client = useQueryClient();

  function step(by: 1 | -1): void {
    const lists = client.getQueryCache().findAll({ queryKey: keys.recordsOf(type.name) });
    const windows = lists.flatMap(({ queryKey, state }) => {
      const [, , query, place] = queryKey;
      const data = state.data as Page | undefined;
      return data && typeof place === 'number' ? [{ list: hashKey([query]), place, at: state.dataUpdatedAt, ids: data.page.nodes.map((node) => node.id) }] : [];
    });
    const ids = readLists(windows);
    const next = beside(ids, id, by);
    if (next) void go({ to: '/r/$id', params: { id: next } });
  }

  useKey('record.edit', closed ? null : () => void go({ to: '/r/$id/edit', params: { id } }));
  useKey('record.new', () => void go({ to: '/t/$type/new', params: { type: type.name } }));
  useKey('record.next', () => step(1));
  useKey('record.previous', () => step(-1));
}
