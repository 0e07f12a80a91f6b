import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import type { Field } from '@/meta/model';
import { useWords } from '@/ui/Fault';
import { useSaid } from '@/ui/useSaid';
import { byField } from './draft';

export type Problems = ReadonlyMap<string, readonly string[]>;

/** What is wrong with a form, by field: what is no value here, else what the server said; of no field under the empty name. */
export function useProblems(): (fields: readonly Field[], wrong: readonly string[], error: unknown) => Problems {
  const { t } = useTranslation();
  const words = useWords();
  const said = useSaid();
  return (fields, wrong, error) => {
    if (wrong.length) return new Map(wrong.map((name) => [name, [t('form:no_value')]]));
    if (!error) return new Map();
    const failure = asFailure(error);
    const problems = failure.problems.map((each) => ({ ...each, message: said.atField(each) }));
    return problems.length ? byField(problems, fields) : new Map([['', [words(failure)]]]);
  };
}
