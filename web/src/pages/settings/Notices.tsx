import { Checkbox } from '@mantine/core';
import { IconCalendarRepeat } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allowed, askToShow } from '@/app/bell/desk';
import { choose } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { useDeliveries } from '@/pages/reports/delivery/useDeliveries';
import { useRhythm } from '@/pages/reports/delivery/useRhythm';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { useWishes } from './useWishes';

/** What the reader is told of by itself, and where. */
export function Notices() {
  const { t, i18n } = useTranslation();
  const { wishes, put } = useWishes();
  return (
    <Card title={t('bell:title')}>
      {wishes.isError && <Fault error={wishes.error} again={() => void wishes.refetch()} />}
      {/* a newer server may have kinds without words here */}
      {(wishes.data ?? []).filter(({ kind }) => i18n.exists(`settings:notices.kind.${kind}`)).map(({ kind, wanted }) => (
        <div key={kind} className="settings-row">
          <Checkbox label={t(`settings:notices.kind.${kind}`)} checked={wanted} onChange={(event) => put(kind, event.currentTarget.checked)} />
        </div>
      ))}
      <OnDesk />
      <Coming />
    </Card>
  );
}

/** Beside the page, where the browser can and may. */
function OnDesk() {
  const { t } = useTranslation();
  const { onDesk } = useSettings();
  const [state, setState] = useState(allowed);
  if (state === 'never') return null;
  async function put(wanted: boolean): Promise<void> {
    const now = wanted ? await askToShow() : state;
    setState(now);
    choose({ onDesk: wanted && now === 'granted' });
  }
  return (
    <div className="settings-row">
      <Checkbox
        label={t('settings:notices.onDesk')} checked={onDesk && state === 'granted'} disabled={state === 'denied'}
        description={t(state === 'denied' ? 'settings:notices.denied' : 'settings:notices.onDeskSays')}
        onChange={(event) => void put(event.currentTarget.checked)}
      />
    </div>
  );
}

/** The dashboards that come, each with the way to where that is set. */
function Coming() {
  const { t } = useTranslation();
  const says = useRhythm();
  const { data } = useDeliveries();
  if (!data) return null;
  if (!data.length) return <p className="settings-example">{t('settings:notices.noneComes')}</p>;
  return data.map((each) => (
    <div key={each.page} className="settings-row">
      <Link to="/reports/$id" params={{ id: each.page }} search={{ bring: true }} className="settings-link settings-coming">
        <IconCalendarRepeat size={16} aria-hidden="true" />
        <bdi className="cut">{each.name}</bdi>
      </Link>
      <span className="muted">{says(each)}</span>
    </div>
  ));
}
