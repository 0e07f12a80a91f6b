import { useFormat } from '@/lib/useSettings';
import type { Ranked } from './ranking';

const toneOf = (band: string | null): string => (band === 'high' ? 'bad' : band === 'medium' ? 'warn' : 'good');

/** A score with a bar as long as it is: a risk in the colour of its band, influence beside the greatest. */
export function Score({ row, most, churn }: { row: Ranked; most: number; churn: boolean }) {
  const format = useFormat();
  const share = churn ? row.score : row.score / (most || 1);
  const words = churn ? format.percent(row.score, row.score < 0.1 ? 1 : 0) : row.score < 1 ? format.percent(row.score, 2) : format.number(row.score, 0);
  return (
    <span className="score">
      <span className="score-bar" aria-hidden="true">
        <i style={{ inlineSize: `${Math.max(2, share * 100)}%`, background: churn ? `var(--x-${toneOf(row.band)}-fill)` : 'var(--x-accent)' }} />
      </span>
      <bdi className="num">{words}</bdi>
    </span>
  );
}
