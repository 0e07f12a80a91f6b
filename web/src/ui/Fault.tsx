import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asFailure, type Problem, type Refusal } from '@/api/failures';
import { useAway } from '@/api/line';
import { afterColon } from '@/lib/said';
import { useFormat } from '@/lib/useSettings';
import { useSaid } from './useSaid';

const MOST_TOLD = 3;
/** Codes that say all there is to say; of others the problems are told. */
const KNOWN = new Set(['offline', 'unavailable', 'timed_out', 'internal', 'unexpected', 'not_signed_in', 'version_conflict']);

/** Whether it is what is wrong inside of a filter in words, which has codes of its own. */
const isOfFilter = (failure: Refusal, { code }: Problem): boolean => failure.code === 'bad_expression' && code !== failure.code;

export function useWords(): (failure: Refusal) => string {
  const { t } = useTranslation('errors');
  const said = useSaid();
  const format = useFormat();
  const placed = (problem: Problem): string => {
    const { line = 1, column = 1, ...details } = problem.details as Partial<Record<'line' | 'column', number>>;
    const says = afterColon(said.problem({ ...problem, details }));
    return t('errors:bad_expression', { line: format.number(line), column: format.number(column), says: `\u2068${says}\u2069` });
  };
  return (failure) => {
    const [first] = failure.problems;
    const fields = failure.code === 'version_conflict' ? said.moved(first) : '';
    if (fields) return t('errors:version_conflict_in', { fields });
    if (KNOWN.has(failure.code)) return t(`errors:${failure.code}`);
    if (first && isOfFilter(failure, first)) return placed(first);
    return failure.problems.slice(0, MOST_TOLD).map(said.problem).join(' ') || failure.message || t('errors:unexpected');
  };
}

/** What went wrong, what to do, and under which id the server's log tells of it. */
export function Fault({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation('errors');
  const words = useWords();
  const failure = asFailure(error);
  const away = useAway();
  if (away && failure.code === 'offline') {
    return (
      <div className="fault" data-calm role="status">
        <b>{t('errors:not_kept')}</b>
        <span>{t('errors:comes_back')}</span>
      </div>
    );
  }
  return (
    <div className="fault" role="alert">
      <b>{words(failure)}</b>
      <small dir="ltr">
        {failure.code}
        {failure.correlationId && ` · ${failure.correlationId}`}
      </small>
      {again && (
        <Button size="compact-sm" variant="default" onClick={again}>
          {t('errors:again')}
        </Button>
      )}
    </div>
  );
}
