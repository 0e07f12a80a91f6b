import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Format } from '@/lib/format';
import { useFormat } from '@/lib/useSettings';
import { Card } from '@/ui/Card';
import type { Move, Outcome } from './useWhatIf';

/** Whose score moves, the farthest first: now and then beside each other, and the part that moves it. */
export function Moves({ outcome, churn }: { outcome: Outcome; churn: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { moves, moved } = outcome;
  const highest = Math.max(...moves.flatMap(({ before, after }) => [before, after]), 1e-9);
  return (
    <Card title={t('whatif:moves.title')} note={t('whatif:moves.count', { count: moved, number: format.number(moved) })}>
      {!moves.length && <p className="card-note card-end">{t('whatif:moves.none')}</p>}
      {moves.length > 0 && (
        <div className="table-wrap" tabIndex={0} role="group" aria-label={t('whatif:moves.title')}>
          <table className="moves">
            <thead>
              <tr>
                <th>{t('whatif:moves.record')}</th>
                <th>{t('whatif:moves.before')}</th>
                <th>{t('whatif:moves.after')}</th>
                <th className="moves-end">{t('whatif:moves.change')}</th>
                <th className="moves-end">{t('whatif:moves.rank')}</th>
              </tr>
            </thead>
            <tbody>{moves.map((move) => <One key={move.record.id} move={move} highest={highest} churn={churn} />)}</tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function One({ move, highest, churn }: { move: Move; highest: number; churn: boolean }) {
  const format = useFormat();
  const { record, before, after, change, rankBefore, rankAfter, reasons: [reason] } = move;
  const by = reason?.records[0]?.title;
  const [now, then] = toldApart(before, after, churn ? 1 : 3, format);
  // influence lies orders of magnitude apart and is compared with itself, as its change is told; risks with each other
  const most = churn ? highest : Math.max(before, after, 1e-9);
  // a risk that grows is bad, influence that grows is not
  const tone = change > 0 === churn ? 'bad' : 'good';
  return (
    <tr>
      <th scope="row">
        <Link to="/r/$id" params={{ id: record.id }} className="plain-link" dir="auto">{record.title}</Link>
        {reason && <small>{by && <><bdi>{by}</bdi>{' · '}</>}{format.said(reason.text)}</small>}
      </th>
      <td><Bar share={before / most} words={now} /></td>
      <td><Bar share={after / most} words={then} tone={tone} /></td>
      <td className="moves-end num"><bdi className={tone}>{churn ? format.signed(change * 100, 1) : shareOf(change / (before || 1), format)}</bdi></td>
      <td className="moves-end num">
        <bdi>{format.number(rankBefore)}</bdi> <span className="mirrors" aria-hidden="true">→</span> <bdi>{format.number(rankAfter)}</bdi>
      </td>
    </tr>
  );
}

const MOST_DIGITS = 6;

/** Two scores in percent, with as many digits as show which is greater. */
function toldApart(before: number, after: number, digits: number, format: Format): [string, string] {
  const told: [string, string] = [format.percent(before, digits), format.percent(after, digits)];
  return told[0] === told[1] && before !== after && digits < MOST_DIGITS ? toldApart(before, after, digits + 1, format) : told;
}

/** A change as a share of what was, with as many digits as it takes to say more than nothing. */
function shareOf(change: number, format: Format): string {
  const size = Math.abs(change);
  if (size < 0.00005) return `\u2248\u2009${format.percent(0)}`;
  const digits = size >= 0.1 ? 0 : size >= 0.0005 ? 1 : 2;
  return `${change > 0 ? '+' : '\u2212'}${format.percent(size, digits)}`;
}

function Bar({ share, words, tone }: { share: number; words: string; tone?: 'good' | 'bad' }) {
  return (
    <span className="moves-bar">
      <i aria-hidden="true" style={{ inlineSize: `${Math.max(1, share * 100)}%`, background: tone ? `var(--x-${tone}-fill)` : 'var(--x-line-chart)' }} />
      <bdi className="num">{words}</bdi>
    </span>
  );
}
