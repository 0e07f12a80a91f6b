import { ActionIcon, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { mayShow } from './desk';
import { useTold } from './useTold';

const List = lazy(() => import('./List'));
const OnDesk = lazy(() => import('./OnDesk'));

/** What the reader was told, the newest first, each with the way to what it is about; going there marks it as read. */
export function Bell() {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { nodes, unread, read, known } = useTold();
  const { onDesk } = useSettings();
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={410} withinPortal trapFocus returnFocus shadow="md">
      <span className="bell">
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('bell:label', { count: unread })} onClick={() => setOpen(!open)}>
            <IconBell size={18} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
        {known && onDesk && mayShow() && <Suspense><OnDesk nodes={nodes} /></Suspense>}
        {unread > 0 && <b className="num" aria-hidden="true">{format.number(unread)}</b>}
      </span>
      <Popover.Dropdown className="bell-list" aria-label={t('bell:title')} tabIndex={-1}>
        {/* the keyboard begins before the list, not at the button that marks all of it */}
        <div className="bell-start" tabIndex={-1} data-autofocus>
          <Suspense fallback={null}>
            <List nodes={nodes} unread={unread} read={read} close={() => setOpen(false)} />
          </Suspense>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
