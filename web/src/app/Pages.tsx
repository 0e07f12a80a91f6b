import { Button } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { useAway } from '@/api/line';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';

/** There is no such address, type or record. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <EmptyState
      alone
      icon={IconCompass}
      title={t('app:missing.title')}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('app:missing.home')}
        </Button>
      }
    >
      {t('app:missing.says')}
    </EmptyState>
  );
}

/** A page broke while it was drawn, or could not be fetched: the others still work. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const away = useAway();
  const missed = useRef(away && asFailure(error).code === 'offline');
  useEffect(() => {
    // browsers remember that a part could not be had: only a new page asks for it again
    if (missed.current && !away) location.reload();
  }, [away]);
  return (
    <div className="alone">
      <Fault error={error} again={reset} />
    </div>
  );
}
