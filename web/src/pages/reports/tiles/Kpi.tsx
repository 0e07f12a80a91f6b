import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { EntityType, Model } from '@/meta/model';
import { Spark } from '@/ui/Spark';
import { valueOf, type Figures, type Wording } from '../answer';
import type { Tile } from '../board';
import { fieldAt } from '../fields';
import type { Answer } from '../useFigures';

interface Props {
  tile: Tile;
  model: Model;
  type: EntityType;
  answer: Answer;
  figures: Figures;
  words: Wording;
}

/** One figure, how it moved since the period before, how it went, and how near it is to its target. */
export function Kpi({ tile, model, type, answer, figures, words }: Props) {
  const { t } = useTranslation();
  const measure = tile.source.measures[0]!;
  const field = fieldAt(model, type, measure);
  const value = valueOf(answer.now?.aggregate, measure, field);
  const before = valueOf(answer.before?.aggregate, measure, field);
  const trend = figures.cells.map((row) => row[0] ?? 0);
  const target = Number(tile.target);
  return (
    <div className="kpi">
      <div className="kpi-value num">
        <b><bdi>{value === null ? '–' : words.show(value, measure, true)}</bdi></b>
        {value !== null && before !== null && <Change value={value} before={before} words={words.show(before, measure, true)} />}
      </div>
      {tile.target && target > 0 && value !== null && (
        <div className="kpi-target">
          <span className="kpi-meter" role="img" aria-label={t('reports:target', { target: words.show(target, measure, true) })}>
            <i data-reached={value >= target || undefined} style={{ width: `${Math.min(100, Math.max(0, (value / target) * 100))}%` }} />
          </span>
          <small className="num">{t('reports:target', { target: words.show(target, measure, true) })}</small>
        </div>
      )}
      {trend.length > 1 && <div className="kpi-trend"><Spark values={trend} height={34} color="var(--x-series-1)" /></div>}
    </div>
  );
}

function Change({ value, before, words }: { value: number; before: number; words: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!before) return null;
  const share = (value - before) / Math.abs(before);
  const Sign = Math.abs(share) < 0.005 ? IconMinus : share > 0 ? IconArrowUpRight : IconArrowDownRight;
  const told = t('reports:was', { value: words });
  return (
    <em title={told}>
      <Sign size={15} aria-hidden="true" />
      <bdi>{format.percent(share, Math.abs(share) < 0.1 ? 1 : 0)}</bdi>
      <span className="hidden-words">{told}</span>
    </em>
  );
}
