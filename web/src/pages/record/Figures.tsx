import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { Spark } from '@/ui/Spark';
import { figureWords, toneOf, trendWords, type Figure } from '@/meta/view360';

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
  const went = figure.months.map((month) => Number(month.value));
  return (
    <div className="figure">
      <div className="figure-name" title={figure.label}>{figure.label}</div>
      <div className="figure-value num">
        <bdi>{figureWords(figure, format)}</bdi>
        <Trend figure={figure} />
      </div>
      {went.some(Boolean) ? <Spark values={went} color={toneOf(figure) === 'bad' ? 'var(--x-bad-fill)' : 'var(--x-accent)'} /> : <span className="figure-quiet" />}
    </div>
  );
}

/** By how much it moved, coloured by whether that is good. */
function Trend({ figure }: { figure: Figure }) {
  const format = useFormat();
  const tone = toneOf(figure);
  if (!tone) return null;
  return (
    <em className={tone}>
      <bdi>{trendWords(figure, format)}</bdi>
    </em>
  );
}
