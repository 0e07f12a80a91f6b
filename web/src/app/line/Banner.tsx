import { Button } from '@mantine/core';
import { IconCloudOff, IconSparkles } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAway } from '@/api/line';
import { takeOver, useNewVersion } from '@/kept/worker';
import { useFormat } from '@/lib/useSettings';
import { asOf } from './asOf';
import './line.css';

/** What a reader has to know about the whole page: it is of another time, or there is a newer application. */
export default function Banner() {
  const away = useAway();
  const fresh = useNewVersion();
  if (away) return <Away />;
  return fresh ? <NewVersion /> : null;
}

function Away() {
  const { t } = useTranslation();
  const format = useFormat();
  const cache = useQueryClient().getQueryCache();
  const since = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => asOf(cache.findAll({ type: 'active' })),
  );
  const iso = since === null ? '' : new Date(since).toISOString();
  const today = iso && format.day(iso) === format.day(new Date().toISOString());
  return (
    <div className="banner" role="status">
      <IconCloudOff size={17} stroke={1.7} aria-hidden="true" />
      <span>
        <b>{iso ? t('app:line.asOf', { when: today ? format.hour(iso) : format.moment(iso) }) : `${t('app:line.away')}.`}</b> {t('app:line.says')}
      </span>
    </div>
  );
}

function NewVersion() {
  const { t } = useTranslation();
  return (
    <div className="banner no-print" role="status">
      <IconSparkles size={17} stroke={1.7} aria-hidden="true" />
      <span>{t('app:version.there')}</span>
      <Button size="compact-sm" variant="default" onClick={takeOver}>
        {t('app:version.reload')}
      </Button>
    </div>
  );
}
