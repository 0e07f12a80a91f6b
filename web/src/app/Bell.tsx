import { ActionIcon, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';

interface Told {
  notifications: { unreadCount: number; nodes: { id: string; text: string; at: string; readAt: string | null }[] };
}

const TOLD = '{ notifications(first: 20) { unreadCount nodes { id text at readAt } } }';
const READ = 'mutation Read($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { errors { message } } }';

/** What the reader was told, the newest first; looking at it marks it as read. */
export function Bell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const told = useQuery({ queryKey: keys.notifications, queryFn: ({ signal }) => gql<Told>(TOLD, {}, signal) });
  const read = useMutation({
    mutationFn: (ids: string[]) => gql(READ, { input: { ids } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.notifications }),
  });
  const nodes = told.data?.notifications.nodes ?? [];
  const unread = told.data?.notifications.unreadCount ?? 0;

  function change(next: boolean): void {
    setOpen(next);
    if (!next && unread) read.mutate(nodes.filter((each) => !each.readAt).map((each) => each.id));
  }

  return (
    <Popover opened={open} onChange={change} position="bottom-end" width={340} withinPortal trapFocus shadow="md">
      <span className="bell">
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('app:bell.label', { count: unread })} onClick={() => change(!open)}>
            <IconBell size={18} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
        {unread > 0 && <Unread count={unread} />}
      </span>
      <Popover.Dropdown aria-label={t('app:bell.title')} tabIndex={-1}>
        {nodes.length ? <List nodes={nodes} /> : <p className="muted">{t('app:bell.none')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}

function Unread({ count }: { count: number }) {
  const format = useFormat();
  return (
    <b className="num" aria-hidden="true">
      {format.number(count)}
    </b>
  );
}

function List({ nodes }: { nodes: Told['notifications']['nodes'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="told" tabIndex={0} aria-label={t('app:bell.title')}>
      {nodes.map((each) => (
        <li key={each.id} data-unread={each.readAt ? undefined : true} dir="auto">
          {each.text}
          <small className="num">{format.moment(each.at)}</small>
        </li>
      ))}
    </ul>
  );
}
