import { Button, Popover } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWaiting } from '@/kept/queue';
import type { Waiting } from '@/kept/waiting';
import { useFormat } from '@/lib/useSettings';
import { Decide } from './Decide';
import { WaitingChange } from './WaitingChange';
import './line.css';

/** What was changed here and has not been sent yet, each with a way back; there only while something waits. */
export function Tray() {
  const { t } = useTranslation();
  const format = useFormat();
  const waiting = useWaiting();
  const [deciding, setDeciding] = useState<Waiting | null>(null);
  if (!waiting.length) return null;
  const stuck = waiting.some(({ state }) => state !== 'waits');
  const count = { count: waiting.length, number: format.number(waiting.length) };
  return (
    <>
      <Popover position="bottom-end" width={360} withinPortal trapFocus shadow="md">
        <Popover.Target>
          <Button
            size="compact-md"
            variant="default"
            className="tray-open"
            data-stuck={stuck || undefined}
            leftSection={<IconSend size={15} aria-hidden="true" />}
            aria-label={t('app:tray.open', count)}
          >
            <span className="num">{count.number}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('app:tray.title')} tabIndex={-1}>
          <h2 className="tray-title">{t('app:tray.title')}</h2>
          <p className="muted">{t(stuck ? 'app:tray.stuck' : 'app:tray.says', count)}</p>
          <ul className="tray">
            {waiting.map((each) => (
              <WaitingChange key={each.key} change={each} onDecide={() => setDeciding(each)} />
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
      {deciding && <Decide change={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}
