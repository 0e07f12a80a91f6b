import { useTranslation } from 'react-i18next';
import { Contributions } from '@/charts/Contributions';
import { useFormat } from '@/lib/useSettings';
import { healthTone, movers, numberIn, riskTone, rowsOf, scoreOf, type Reason, type View } from '@/meta/view360';
import { Gauge } from '@/ui/Gauge';
import { fillOf } from '@/ui/tones';

/** Less than this is read as none. */
const LEAST_POINTS = 0.05;

/** How well it stands, how likely it is to leave, and what moved either, with its sign. */
export function Health({ view }: { view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  const churn = scoreOf(view, 'churn');
  const health = numberIn(view.health, 'score');
  const risk = numberIn(churn, 'risk');
  const reasons = movers(view.health);
  return (
    <section className="card health" aria-label={t('record:health.title')}>
      <div className="health-gauges">
        {health !== null && (
          <div>
            <Gauge value={health} label={t('record:health.score')} color={fillOf(healthTone(health))} />
            <h2>{t('record:health.score')}</h2>
            <small>{t(`record:health.band.${healthTone(health)}`)}</small>
          </div>
        )}
        {risk !== null && (
          <div>
            <Gauge value={risk * 100} label={t('record:health.risk')} color={fillOf(riskTone(risk * 100))} />
            <h2>{t('record:health.risk')}</h2>
            <Moved by={numberIn(churn, 'trend')} at={String(churn?.scores.at ?? '')} />
          </div>
        )}
      </div>
      <Reasons title={t('record:health.moves')} reasons={reasons} scale={1} better />
      {churn && <Reasons title={t('record:health.why')} reasons={churn.reasons} scale={100} better={false} />}
      {!reasons.length && !churn && <p className="card-note card-end">{t('record:health.full', { number: format.number(100) })}</p>}
    </section>
  );
}

/** By how many points the risk moved since the run before, or when it was found. */
function Moved({ by, at }: { by: number | null; at: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (by === null || Math.abs(by) < 0.005) return <small className="num">{at && t('record:health.found', { when: format.ago(at) })}</small>;
  return (
    <small>
      <bdi className={`num ${by > 0 ? 'bad' : 'good'}`}>{format.signed(by * 100)}</bdi> {t('record:health.since')}
    </small>
  );
}

interface ReasonsProps {
  title: string;
  reasons: readonly Reason[];
  scale: number;
  better: boolean;
}

function Reasons({ title, reasons, scale, better }: ReasonsProps) {
  const rows = rowsOf(reasons, scale).filter(({ value }) => Math.abs(value) >= LEAST_POINTS);
  if (!rows.length) return null;
  return (
    <>
      <h3 className="health-why">{title}</h3>
      <Contributions rows={rows.slice(0, 5)} moreIsBetter={better} />
    </>
  );
}
