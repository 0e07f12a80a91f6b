import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { TOLD, type Told } from './notices';

const READ = 'mutation Read($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { errors { message } } }';

/** The same where these are read, or all. */
export function withRead(told: Told | undefined, ids: readonly string[] | null, now: string): Told | undefined {
  if (!told) return told;
  const { nodes, unreadCount } = told.notifications;
  const marked = new Set(nodes.filter((each) => !each.readAt && (!ids || ids.includes(each.id))));
  return {
    notifications: {
      unreadCount: ids ? unreadCount - marked.size : 0,
      nodes: nodes.map((each) => (marked.has(each) ? { ...each, readAt: now } : each)),
    },
  };
}

/** What the reader was told, the newest first, and marking it as read: some of it, or all with null. */
export function useTold() {
  const client = useQueryClient();
  const told = useQuery({ queryKey: keys.notifications, queryFn: ({ signal }) => gql<Told>(TOLD, {}, signal) });
  const read = useMutation({
    mutationFn: (ids: string[] | null) => gql(READ, { input: { ids } }),
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey: keys.notifications });
      client.setQueryData<Told>(keys.notifications, (before) => withRead(before, ids, new Date().toISOString()));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }),
  });
  const { nodes = [], unreadCount = 0 } = told.data?.notifications ?? {};
  return { nodes, unread: unreadCount, read: read.mutate, known: told.isSuccess };
}
