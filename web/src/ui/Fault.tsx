import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asFailure, type Failure } from '@/api/failures';
import { useAway } from '@/api/line';

/** Codes that the catalogue has words of its own for; of others the server's own sentence is shown. */
const KNOWN = new Set(['offline', 'unavailable', 'timed_out', 'internal', 'unexpected', 'not_signed_in', 'version_conflict']);

export function useWords(): (failure: Failure) => string {
  const { t } = useTranslation('errors');
  return (failure) => {
    if (KNOWN.has(failure.code)) return t(`errors:${failure.code}`);
    return failure.problems[0]?.message || failure.message || t('errors:unexpected');
  };
}

/** What went wrong, what to do, and under which id the server's log tells of it. */
export function Fault({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation('errors');
  const words = useWords();
  const failure = asFailure(error);
  const away = useAway();
  if (away && failure.code === 'offline') {
    return (
      <div className="fault" data-calm role="status">
        <b>{t('errors:not_kept')}</b>
        <span>{t('errors:comes_back')}</span>
      </div>
    );
  }
  return (
    <div className="fault" role="alert">
      <b>{words(failure)}</b>
      <small dir="ltr">
        {failure.code}
        {failure.correlationId && ` · ${failure.correlationId}`}
      </small>
      {again && (
        <Button size="compact-sm" variant="default" onClick={again}>
          {t('errors:again')}
        </Button>
      )}
    </div>
  );
}
