import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';

/** Says that all figures are those of a moment that is over, and leads back to now. */
export function Then({ at, now }: { at: string; now: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="board-then" role="status">
      <IconHistory size={17} aria-hidden="true" />
      <span>{t('reports:then.says', { moment: format.moment(at) })}</span>
      <Button className="no-print" size="compact-sm" variant="default" onClick={now}>{t('reports:then.now')}</Button>
    </div>
  );
}
