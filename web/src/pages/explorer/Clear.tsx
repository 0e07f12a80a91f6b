import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Lets go of what is chosen; the panel tells of everything again. */
export function Clear({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return <CloseButton size="sm" aria-label={t('explorer:act.clear')} onClick={onClear} />;
}
