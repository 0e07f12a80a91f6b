import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, type Model } from '@/meta/model';
import type { Profile } from '@/meta/profiles';
import { Spark } from '@/ui/Spark';
import { lastMonths, measured, type Counts, type Measured } from './day';
import { useToday, type Months, type Outlook } from './useDay';

interface Props {
  outlook: Outlook;
  model: Model;
  profiles: readonly Profile[];
  counts: Counts;
}

/** How the events that count come in, month by month; this month beside the whole one before. */
export function Tiles({ outlook, model, profiles, counts }: Props) {
  const { t } = useTranslation();
  const tiles = measured(profiles, model, counts).flatMap((each, place) => {
    const months = outlook[`k${place}`] as Months | undefined;
    return months ? [{ each, months }] : [];
  });
  if (!tiles.length) return null;
  return (
    <section className="card home-tiles" aria-label={t('home:tiles.title')}>
      {tiles.map(({ each, months }) => <Tile key={each.type.name} measured={each} months={months} />)}
    </section>
  );
}

function Tile({ measured: { type, value }, months }: { measured: Measured; months: Months }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const today = useToday();
  const { rows } = months.grouped;
  const by = new Map(rows.map((row) => [row.keys[0]?.value.slice(0, 7), row]));
  const currency = value && rows.map((row) => row.aggregate?.[value.name]?.sum?.currency).find(Boolean);
  const worth = (month: string): number => {
    const row = by.get(month);
    return currency && value ? Number(row?.aggregate?.[value.name]?.sum?.amount ?? 0) : (row?.count ?? 0);
  };
  const shown = (amount: number): string => (currency ? format.money({ amount: String(amount), currency }, true) : format.number(amount, 0));
  const year = lastMonths(today, 12);
  const [before, now] = [year.at(-2) ?? '', year.at(-1) ?? ''];
  return (
    <div className="home-tile">
      <div className="home-tile-name">{t('home:tiles.month', { what: heading(type.labels, language) })}</div>
      <div className="home-tile-value num">
        <bdi>{shown(worth(now))}</bdi>
        <small>{t('home:tiles.before', { month: format.month(`${before}-01`) })} <bdi>{shown(worth(before))}</bdi></small>
      </div>
      <Spark values={year.map(worth)} />
    </div>
  );
}
