/** What was changed of accounts, tokens and sessions, the newest first. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';

type Kind =
  | 'ADDED' | 'PASSWORD' | 'ADMINISTRATOR' | 'DISABLED' | 'ENABLED' | 'ALLOWANCE' | 'PERSON'
  | 'TOKEN_ADDED' | 'TOKEN_ALLOWANCE' | 'TOKEN_WITHDRAWN' | 'SESSION_ENDED';

export interface AccountChange {
  id: string;
  at: string;
  kind: Kind;
  account: string;
  name: string;
  by: string;
  byName: string;
  values: { name: string; before: string | null; after: string | null }[];
}

interface Page {
  accountChanges: { nodes: AccountChange[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const CHANGES = `query AccountChanges($after: String) {
  accountChanges(first: 50, after: $after) {
    nodes { id at kind account name by byName values { name before after } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const useAccountChanges = () =>
  useInfiniteQuery({
    queryKey: keys.accountChanges,
    queryFn: ({ pageParam, signal }) => gql<Page>(CHANGES, { after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ accountChanges: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });

const TOLD = ['person', 'operation', 'minute'];

/** The values that say more than the sentence does; ids of tokens and sessions are for programs. */
export const told = ({ values }: AccountChange): AccountChange['values'] =>
  values.filter(({ name, before, after }) => before !== after && TOLD.includes(name));

/** Which sentence says what was done: of yes and no there are two. */
export function sentenceOf({ kind, values }: AccountChange): string {
  const [first] = values;
  if (kind === 'ADMINISTRATOR') return first?.after === 'true' ? 'PROMOTED' : 'DEMOTED';
  if (kind === 'ADDED' && first?.after === 'true') return 'ADDED_ADMINISTRATOR';
  return kind;
}
