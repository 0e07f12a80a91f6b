import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { Spark } from '@/ui/Spark';
import type { Figure } from './view';

/** The figures that the type's profile names, each beside the period before and as it went for a year. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  const { t } = useTranslation();
  return (
    <section className="card figures" aria-label={t('record:figures')}>
      {figures.map((figure) => (
        <One key={figure.name} figure={figure} />
      ))}
    </section>
  );
}

function One({ figure }: { figure: Figure }) {
  const format = useFormat();
  const { value, currency } = figure;
  const shown = value === null ? '–' : currency ? format.money({ amount: value, currency }, true) : format.number(value, 1);
  const went = figure.months.map((month) => Number(month.value));
  return (
    <div className="figure">
      <div className="figure-name" title={figure.label}>{figure.label}</div>
      <div className="figure-value num">
        <bdi>{shown}</bdi>
        <Trend figure={figure} />
      </div>
      {went.some(Boolean) ? <Spark values={went} color={toneOf(figure) === 'bad' ? 'var(--x-bad-fill)' : 'var(--x-accent)'} /> : <span className="figure-quiet" />}
    </div>
  );
}

/** Whether it moved for good or bad; null where it stands or nothing is known of before. */
function toneOf({ before, value, better }: Figure): 'good' | 'bad' | null {
  if (before === null || value === null || Number(before) === Number(value)) return null;
  return Number(value) > Number(before) === (better === 'more') ? 'good' : 'bad';
}

/** By how much it moved, coloured by whether that is good. */
function Trend({ figure }: { figure: Figure }) {
  const format = useFormat();
  const tone = toneOf(figure);
  if (!tone) return null;
  const [before, now] = [Number(figure.before), Number(figure.value)];
  const share = before ? (now - before) / Math.abs(before) : null;
  const words = share === null || Math.abs(share) > 9.99 ? format.signed(now - before) : `${share > 0 ? '+' : ''}${format.percent(share)}`;
  return (
    <em className={tone}>
      <bdi>{words}</bdi>
    </em>
  );
}
