import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Shown } from './showing';

/** How many records and links are shown, in words. */
export function useCounted(): (shown: Shown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ records, links }) =>
    t('graph:count', {
      records: t('graph:records', { count: records.size, number: format.number(records.size) }),
      links: t('graph:links', { count: links.size, number: format.number(links.size) }),
    });
}
