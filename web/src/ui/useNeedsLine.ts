import { useTranslation } from 'react-i18next';
import { useAway } from '@/api/line';

/** For whatever cannot be done without the server: closed while the line is away, with the reason. */
export function useNeedsLine(): { disabled: boolean; title?: string } {
  const { t } = useTranslation();
  return useAway() ? { disabled: true, title: t('app:line.needs') } : { disabled: false };
}
