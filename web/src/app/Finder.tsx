import { openSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const onApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** The door to the palette that everybody sees. */
export function Finder() {
  const { t } = useTranslation();
  return (
    <button type="button" className="find" onClick={openSpotlight}>
      <IconSearch size={16} aria-hidden="true" />
      <span className="cut">{t('app:find.open')}</span>
      <kbd dir="ltr">{onApple ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}
