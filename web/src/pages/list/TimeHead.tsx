import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isRightToLeft } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';

interface Props {
  title: string;
  note?: string;
  scales: readonly string[];
  scale: string;
  choose: (scale: string) => void;
  /** Back by one, to today, on by one. */
  go: (by: -1 | 0 | 1) => void;
}

/** Which part of time is seen, and how much of it at once. */
export function TimeHead({ title, note, scales, scale, choose, go }: Props) {
  const { t } = useTranslation();
  const [Back, On] = isRightToLeft(useSettings().language) ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight];
  return (
    <header className="time-head">
      <h2 aria-live="polite">{title}</h2>
      {note && <span className="muted num">{note}</span>}
      <span className="grow" />
      <div className="view-switch no-print" role="group" aria-label={t('list:scale.title')}>
        {scales.map((each) => (
          <button key={each} type="button" aria-pressed={each === scale} onClick={() => choose(each)}>
            {t(`list:scale.${each}`)}
          </button>
        ))}
      </div>
      <div className="time-steps no-print">
        <ActionIcon variant="default" size={32} aria-label={t('list:scale.before')} onClick={() => go(-1)}>
          <Back size={16} />
        </ActionIcon>
        <Button variant="default" size="compact-md" onClick={() => go(0)}>{t('list:scale.now')}</Button>
        <ActionIcon variant="default" size={32} aria-label={t('list:scale.after')} onClick={() => go(1)}>
          <On size={16} />
        </ActionIcon>
      </div>
    </header>
  );
}
