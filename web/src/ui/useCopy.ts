import { useTranslation } from 'react-i18next';
import { copied } from '@/lib/copying';
import { tell } from './toasts';

/** Copies a text, and tells that it was, or that the browser would not. */
export function useCopy(): (text: string, done: string) => void {
  const { t } = useTranslation();
  return (text, done) => void copied(text).then((is) => tell(is ? done : t('app:notCopied')));
}
