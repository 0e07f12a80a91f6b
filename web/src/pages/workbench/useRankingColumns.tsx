import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { Badge } from '@/ui/Badge';
import { Pill } from '@/ui/Pill';
import type { Column } from '@/ui/grid/Grid';
import type { Chosen } from './asked';
import type { Ranked } from './ranking';
import { Score } from './Score';
import { Why } from './Why';

/** Nobody stands above themselves. */
const MOST_ABOVE = 0.999;

/** What a ranking tells of each record; `most` is the score of the first. */
export function useRankingColumns(chosen: Chosen, most: number): Column<Ranked>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const churn = chosen.score === 'churn';
  return useMemo(() => {
    const name: Column<Ranked> = {
      key: 'name', title: t('workbench:column.name'), width: churn ? 215 : 190,
      cell: ({ record }) => (
        <span className="grid-name" data-here={record.id === chosen.record || undefined}>
          <Badge text={record.title} seed={record.id} />
          <span className="cut" dir="auto">{record.title}</span>
        </span>
      ),
    };
    const score: Column<Ranked> = {
      key: 'score', title: t(churn ? 'workbench:column.risk' : 'workbench:column.score'), width: 145,
      cell: (row) => <Score row={row} most={most} churn={churn} />,
    };
    const why: Column<Ranked> = { key: 'why', title: t('workbench:column.why'), width: churn ? 270 : 215, cell: ({ reasons }) => <span className="cut"><Why reasons={reasons} /></span> };
    const share = (value: number | null) => value !== null && <bdi className="num">{format.percent(value, value < 0.1 ? 1 : 0)}</bdi>;
    if (!churn) {
      return [
        { key: 'rank', title: t('workbench:column.rank'), width: 70, end: true, cell: ({ rank }) => rank !== null && <bdi className="num">{format.number(rank)}</bdi> },
        name, score,
        { key: 'percentile', title: t('workbench:column.percentile'), width: 104, end: true, cell: ({ percentile }) => percentile !== null && <bdi className="num">{format.percent(Math.min(Math.floor(percentile * 10) / 1000, MOST_ABOVE), 1)}</bdi> },
        why,
      ];
    }
    return [
      name, score, why,
      { key: 'band', title: t('workbench:column.band'), width: 100, cell: ({ band }) => band && <Pill tone={band === 'high' ? 'bad' : band === 'medium' ? 'warn' : 'good'}>{t(`workbench:band.${band}`)}</Pill> },
      { key: 'received', title: t('workbench:column.received'), width: 120, end: true, cell: ({ received }) => share(received) },
      { key: 'trend', title: t('workbench:column.trend'), width: 100, end: true, cell: ({ trend }) => trend !== null && Math.abs(trend) >= 0.0005 && (
        <bdi className={trend > 0 ? 'num bad' : 'num good'}>{format.signed(trend * 100, 1)}</bdi>
      ) },
    ];
  }, [t, format, churn, chosen.record, most]);
}
