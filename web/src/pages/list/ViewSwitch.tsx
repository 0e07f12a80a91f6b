import { IconCalendar, IconChartDots3, IconLayoutKanban, IconMap2, IconTable, IconTimeline, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ListChange, View } from '@/app/listSearch';
import type { EntityType } from '@/meta/model';
import { viewsOf } from './layouts';

const SIGNS: Record<View, Icon> = {
  table: IconTable, board: IconLayoutKanban, calendar: IconCalendar, timeline: IconTimeline, map: IconMap2, graph: IconChartDots3,
};

interface Props {
  type: EntityType;
  view: View;
  change: (part: ListChange) => void;
}

/** One list, seen in several ways; the filter stays. */
export function ViewSwitch({ type, view, change }: Props) {
  const { t } = useTranslation();
  return (
    <div className="view-switch no-print" role="group" aria-label={t('list:view.title')}>
      {viewsOf(type).map((each) => {
        const Sign = SIGNS[each];
        return (
          <button
            key={each}
            type="button"
            aria-pressed={each === view}
            aria-label={t(`list:view.${each}`)}
            onClick={() => change({ view: each === 'table' ? undefined : each, by: undefined, until: undefined, day: undefined, scale: undefined })}
          >
            <Sign size={16} stroke={1.7} aria-hidden="true" />
            <span>{t(`list:view.${each}`)}</span>
          </button>
        );
      })}
    </div>
  );
}
