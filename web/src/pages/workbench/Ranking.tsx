import { NativeSelect } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Bars, type Bar } from '@/charts/Bars';
import { useNarrow } from '@/lib/useNarrow';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { CardList } from '@/ui/grid/CardList';
import { Grid } from '@/ui/grid/Grid';
import { inTurn } from '@/ui/grid/lines';
import { BANDS, MEASURES, type Measure } from './asked';
import { Detail } from './Detail';
import { inSlice, sortOf, STAYED, useRanking, useSpread, type Ranked, type Spread } from './ranking';
import { Score } from './Score';
import { Why } from './Why';
import { useRankingColumns } from './useRankingColumns';
import type { PartProps } from './Workbench';

/** How the score is spread, the records by it, and what one record's is made of. */
export function Ranking(props: PartProps) {
  const { chosen, type, change } = props;
  const spread = useSpread(type, chosen.score);
  return (
    <div className="ranking">
      <Distribution spread={spread.data} {...props} />
      <List spread={spread.data} {...props} />
      <aside className="ranking-detail">
        <Detail chosen={chosen} type={type} close={() => change({ record: undefined })} />
      </aside>
    </div>
  );
}

function Distribution({ spread, chosen, type, change }: PartProps & { spread: Spread | undefined }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  // on a phone bars are too narrow for a finger
  const narrow = useNarrow();
  const churn = chosen.score === 'churn';
  const bars = (spread?.slices ?? []).map(({ from, to, count }) => {
    const label = churn ? format.percent(from) : format.number(from);
    const upTo = to === null ? '' : churn ? format.percent(to) : format.number(to - 1);
    const range = upTo === label ? label : `${label}–${upTo}`;
    return { key: String(from), label, value: count, figure: count ? format.number(count) : '', words: t('workbench:slice', { range, count, number: format.number(count) }) };
  });
  const link = (bar: Bar, inside: ReactNode) => {
    const slice = spread?.slices.find(({ from }) => String(from) === bar.key);
    return slice && <Link to="/t/$type" params={{ type: type.name }} search={{ text: inSlice(chosen.score, slice), sort: sortOf(chosen) }} aria-label={bar.words}>{inside}</Link>;
  };
  const title = churn ? t('workbench:spread.churn') : t('workbench:spread.influence');
  return (
    <Card title={title} note={spread && t('workbench:scored', { count: spread.total, number: format.number(spread.total), types: type.labels[language] })} className="ranking-spread">
      {spread ? <Bars bars={bars} label={title} {...(!narrow && { link })} /> : <div style={{ padding: 16 }}><Bone height={130} /></div>}
      {churn && spread && (
        <div className="bands" role="group" aria-label={t('workbench:bands')}>
          {BANDS.map((band) => (
            <button key={band} type="button" data-band={band} aria-pressed={chosen.band === band} onClick={() => change({ band: chosen.band === band ? undefined : band })}>
              <i className="dot" aria-hidden="true" />
              {t(`workbench:band.${band}`)} <b className="num">{format.number(spread.bands[band] ?? 0)}</b>
            </button>
          ))}
          <span className="grow" />
          <Link to="/t/$type" params={{ type: type.name }} search={{ text: chosen.band ? `insights.churn.band = '${chosen.band}' and ${STAYED}` : `insights.churn.risk >= 0 and ${STAYED}`, sort: sortOf(chosen) }} className="bands-open">
            {t('workbench:asList')}
          </Link>
        </div>
      )}
    </Card>
  );
}

const idOf = (row: Ranked): string => row.record.id;

function List({ spread, chosen, type, change }: PartProps & { spread: Spread | undefined }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const narrow = useNarrow();
  const found = useRanking(chosen);
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const total = found.total ?? (chosen.band ? spread?.bands[chosen.band] : spread?.total) ?? rows.length;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const most = rows[0]?.score ?? 1;
  const columns = useRankingColumns(chosen, most);
  const choose = useCallback((row: Ranked) => change({ record: row.record.id }), [change]);
  const shown = useCallback(({ record }: Ranked) => record.id === chosen.record, [chosen.record]);
  const coming = found.isPending ? 12 : hasNextPage ? Math.max(total - rows.length, 1) : 0;
  const lines = useMemo(() => inTurn(rows, coming, more), [rows, coming, more]);
  const shared = { name: heading(type.labels, language), keyOf: idOf, lines };
  return (
    <section className="card ranking-list" aria-label={t(`workbench:scores.${chosen.score}`)}>
      <header className="card-head">
        <h2>{t(`workbench:ranked.${chosen.score}`, { types: type.labels[language] })}</h2>
        <span className="grow" />
        {chosen.score === 'influence' && (
          <NativeSelect
            size="xs"
            aria-label={t('workbench:measure')}
            value={chosen.measure}
            onChange={(event) => change({ measure: event.currentTarget.value as Measure })}
            data={MEASURES.map((each) => ({ value: each, label: t(`workbench:measures.${each}`) }))}
          />
        )}
      </header>
      {found.isError && <div style={{ padding: 16 }}><Fault error={found.error} again={() => void found.refetch()} /></div>}
      {!found.isError && !found.isPending && !rows.length && <EmptyState icon={IconMoodSmile} title={t('workbench:nobody')} />}
      {!found.isError && (found.isPending || rows.length > 0) && (
        <div className="ranking-rows">
          {narrow ? (
            <CardList {...shared} card={(row) => <Row row={row} most={most} churn={chosen.score === 'churn'} change={choose} />} />
          ) : (
            <Grid {...shared} columns={columns} count={total} onOpen={choose} shown={shown} />
          )}
        </div>
      )}
    </section>
  );
}

function Row({ row, most, churn, change }: { row: Ranked; most: number; churn: boolean; change: (row: Ranked) => void }) {
  return (
    <a
      href={`/r/${row.record.id}`}
      onClick={(event) => {
        event.preventDefault();
        change(row);
      }}
    >
      <Badge text={row.record.title} seed={row.record.id} size={38} />
      <b className="cut" dir="auto">{row.record.title}</b>
      <small className="cut"><Why reasons={row.reasons} /></small>
      <span className="side"><Score row={row} most={most} churn={churn} /></span>
    </a>
  );
}
