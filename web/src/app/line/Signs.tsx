import { IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAway } from '@/api/line';
import { socket } from '@/api/socket';
import { Tray } from './Tray';
import { useLine } from './useLine';

/** How the line is, told only while it is not as it should be; and what waits for it. */
export default function Signs() {
  useLine();
  return (
    <>
      <State />
      <Tray />
    </>
  );
}

function State() {
  const { t } = useTranslation();
  const away = useAway();
  const heard = useSyncExternalStore(socket.watch, () => socket.state);
  const said = away ? t('app:line.away') : heard === 'broken' ? t('app:line.broken') : '';
  const Sign = away ? IconCloudOff : IconPlugConnectedX;
  return (
    <span className="line-warning" role="status">
      {said && <Sign size={16} aria-hidden="true" />}
      <span data-also-below={away || undefined}>{said}</span>
    </span>
  );
}
