import { useTranslation } from 'react-i18next';
import { Bars } from '@/charts/Bars';
import { useFormat } from '@/lib/useSettings';
import { Card } from '@/ui/Card';
import type { Earned } from '@/meta/view360';

/** What business came to in one currency: in all, in a year against the year before, month by month. */
export function Business({ earned }: { earned: Earned }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, trend } = earned;
  const money = (amount: string) => (currency ? format.money({ amount, currency }, true) : format.number(amount, 0));
  const highest = Math.max(...earned.months.map(({ value }) => Number(value)));
  const bars = earned.months.map(({ month, value }) => ({
    key: month,
    label: format.month(month),
    value: Number(value),
    figure: Number(value) > 0 && Number(value) === highest ? money(value) : '',
    words: `${format.month(month)}: ${money(value)}`,
  }));
  const facts = [
    { name: t('record:money.total'), value: money(earned.total), trend: null },
    { name: t('record:money.year'), value: money(earned.lastYear), trend },
    { name: t('record:money.before'), value: money(earned.yearBefore), trend: null },
  ];
  return (
    <Card title={t('record:money.title')} note={t('record:money.count', { count: earned.count, number: format.number(earned.count) })}>
      <div className="money">
        {facts.map((fact) => (
          <div key={fact.name}>
            <small>{fact.name}</small>
            <b className="num">
              <bdi>{fact.value}</bdi>
              {fact.trend !== null && (
                <em className={fact.trend < 0 ? 'bad' : 'good'}>
                  <bdi>{fact.trend > 0 ? '+' : ''}{format.percent(fact.trend)}</bdi>
                </em>
              )}
            </b>
          </div>
        ))}
      </div>
      <Bars bars={bars} label={t('record:money.title')} />
    </Card>
  );
}
