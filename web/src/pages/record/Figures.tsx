import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Figure } from './view';

/** The figures that the type's profile names, each beside the period before. */
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
  return (
    <div className="figure">
      <div className="figure-name" title={figure.label}>{figure.label}</div>
      <div className="figure-value num">
        <bdi>{shown}</bdi>
        <Trend figure={figure} />
      </div>
    </div>
  );
}

/** By how much it moved, coloured by whether that is good. */
function Trend({ figure }: { figure: Figure }) {
  const format = useFormat();
  const before = Number(figure.before);
  const now = Number(figure.value);
  if (figure.before === null || figure.value === null || before === now) return null;
  const tone = now > before === (figure.better === 'more') ? 'good' : 'bad';
  const share = before ? (now - before) / Math.abs(before) : null;
  const words = share === null || Math.abs(share) > 9.99 ? format.signed(now - before) : `${share > 0 ? '+' : ''}${format.percent(share)}`;
  return (
    <em className={tone}>
      <bdi>{words}</bdi>
    </em>
  );
}
