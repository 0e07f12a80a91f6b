import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Upload } from './api';
import { isReady } from './mapping';
import { IMPORT_STEPS, type ImportStep } from './steps';

/** How far the import is; steps that have been gone are links back, those that can be gone links on. */
export function Steps({ step, upload }: { step: ImportStep; upload: Upload | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const here = IMPORT_STEPS.indexOf(step);
  const open = isReady(upload?.mapping) ? IMPORT_STEPS.length - 1 : 1;
  return (
    <nav className="import-steps" aria-label={t('import:steps')}>
      <ol>
        {IMPORT_STEPS.map((each, place) => {
          const mark = place < here ? <IconCheck size={14} aria-hidden="true" /> : format.plain(place + 1);
          const inside = (
            <>
              <i className="num">{mark}</i>
              <span>{t(`import:step.${each}`)}</span>
            </>
          );
          return (
            <li key={each} aria-current={each === step ? 'step' : undefined} data-done={place < here || undefined}>
              {place <= open && upload ? (
                <Link to="/import" search={(now) => ({ ...now, step: each })}>
                  {inside}
                </Link>
              ) : (
                <span className="import-step">{inside}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
