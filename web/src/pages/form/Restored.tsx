import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';

/** Says that what was typed before is there again, and lets it go. */
export function Restored({ at, onAnew }: { at: string; onAnew: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="form-note" role="status">
      <IconRestore size={17} stroke={1.7} aria-hidden="true" />
      <span>{t('form:draft.restored', { when: format.moment(at) })}</span>
      <Button size="compact-sm" variant="default" onClick={onAnew}>{t('form:draft.anew')}</Button>
    </div>
  );
}
