import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { choose, LANGUAGES, NAMES, type Language } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';

/** The language that the door speaks. */
export function Speaking() {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('app:language')}
      value={language}
      data={LANGUAGES.map((each) => ({ value: each, label: NAMES[each] }))}
      onChange={(value) => choose({ language: value as Language })}
    />
  );
}
