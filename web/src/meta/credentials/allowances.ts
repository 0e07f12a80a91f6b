/** What people and tokens may spend on questions: set by administrators, shown in words. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';

/** Null where the server's settings hold. */
export interface Allowance {
  operation: number | null;
  minute: number | null;
}

/** A person by their name, or a token by its id. */
export type Spender = { user: string } | { token: string };

const ALLOW = 'mutation Allow($input: SetAllowanceInput!) { setAllowance(input: $input) { errors { code message path details } } }';

export function useAllowance() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Spender & Allowance) => accepted((await gql<{ setAllowance: { errors: Problem[] } }>(ALLOW, { input: { ...input } })).setAllowance),
    onSuccess: () => Promise.all([keys.users, keys.credentials, keys.accountChanges].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** "10,000 a question · 1,000,000 a minute"; empty where nothing is set. */
export function useAllowanceWords(): (allowance: Allowance) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ operation, minute }) =>
    [
      operation !== null && t('credentials:limit.each', { cost: format.number(operation) }),
      minute !== null && t('credentials:limit.perMinute', { cost: format.number(minute) }),
    ].filter(Boolean).join(' · ');
}
