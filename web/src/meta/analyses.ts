/** Runs of analytics in words, and where what they have found is looked at. */
import { linkOptions } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { useKnownModel } from './knownModel';
import { heading, typeNamed } from './types';

export interface Analysis {
  engine: string;
  type: string | null;
}

/** An engine and the type it looks at, in words. */
export function useCalled(): (one: Analysis) => string {
  const { t } = useTranslation();
  const { language } = useSettings();
  const model = useKnownModel();
  return ({ engine, type }) => {
    const found = type ? typeNamed(model, type) : undefined;
    const of = found ? heading(found.labels, language) : (type ?? t('app:allTypes'));
    return `${t(`app:engine.${engine}`, engine)} · ${of}`;
  };
}

/** Where what a run has found is looked at; null for engines without a page of their own. */
export function resultsOf({ engine, type }: Analysis) {
  if (engine === 'churn' || engine === 'influence') return linkOptions({ to: '/churn', search: { score: engine, ...(type && { type }) } });
  if (engine === 'segments' || engine === 'communities') return linkOptions({ to: '/segments', search: type ? { type } : {} });
  return null;
}
