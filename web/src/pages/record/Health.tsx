import { useTranslation } from 'react-i18next';
import { Contributions } from '@/charts/Contributions';
import { useFormat } from '@/lib/useSettings';
import { Gauge } from '@/ui/Gauge';
import { numberIn, scoreOf, type Reason, type View } from './view';

const colorOf = (tone: 'good' | 'warn' | 'bad'): string => `var(--x-${tone}-fill)`;
const healthTone = (value: number) => (value >= 66 ? 'good' : value >= 40 ? 'warn' : 'bad');
const riskTone = (value: number) => (value >= 50 ? 'bad' : value >= 20 ? 'warn' : 'good');
/** Where everybody begins is no reason. */
const FULL = 'health.full';

/** How well it stands, how likely it is to leave, and what moved either, with its sign. */
export function Health({ view }: { view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  const churn = scoreOf(view, 'churn');
  const health = numberIn(view.health, 'score');
  const risk = numberIn(churn, 'risk');
  const reasons = (view.health?.reasons ?? []).filter((reason) => reason.code !== FULL);
  return (
    <section className="card health" aria-label={t('record:health.title')}>
      <div className="health-gauges">
        {health !== null && (
          <div>
            <Gauge value={health} label={t('record:health.score')} color={colorOf(healthTone(health))} />
            <h2>{t('record:health.score')}</h2>
            <small>{t(`record:health.band.${healthTone(health)}`)}</small>
          </div>
        )}
        {risk !== null && (
          <div>
            <Gauge value={risk * 100} label={t('record:health.risk')} color={colorOf(riskTone(risk * 100))} />
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
  if (!reasons.length) return null;
  return (
    <>
      <h3 className="health-why">{title}</h3>
      <Contributions rows={rowsOf(reasons, scale).slice(0, 5)} moreIsBetter={better} />
    </>
  );
}

/** Reasons as rows of a chart, each with the records it stands on. */
export const rowsOf = (reasons: readonly Reason[], scale: number) =>
  reasons.map(({ code, text, contribution, records }) => ({ key: code + text, text, value: contribution * scale, records }));
