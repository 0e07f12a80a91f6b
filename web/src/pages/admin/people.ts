/** What administrators ask and change of people, tokens, sessions and the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accepted, type Problem } from '@/api/failures';
import { gql, type Variables } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Allowance } from '@/meta/credentials/allowances';

export interface User {
  id: string;
  name: string;
  administrator: boolean;
  createdAt: string;
  disabledAt: string | null;
  allowance: Allowance;
  /** The record that the account is. */
  person: { id: string; type: string; title: string } | null;
}

export interface ServerState {
  version: string;
  neo4j: string;
  modelVersion: number;
  records: number;
  deleted: number;
  unnumbered: number;
  runsQueued: number;
  runsRunning: number;
  searchBehind: string[];
  lastChange: { at: string; by: string; seq: number | null } | null;
  settings: { name: string; value: string; help: string }[];
}

const USER = '{ id name administrator createdAt disabledAt allowance { operation minute } person { id type title } }';
const USERS = `query Users { users ${USER} }`;
const STATE = `query ServerState {
  serverState {
    version neo4j modelVersion records deleted unnumbered runsQueued runsRunning searchBehind
    lastChange { at by seq } settings { name value help }
  }
}`;

export const useUsers = () =>
  useQuery({ queryKey: keys.users, queryFn: async ({ signal }) => (await gql<{ users: User[] }>(USERS, {}, signal)).users });

const EVERY_MS = 10_000;

export const useServerState = () =>
  useQuery({
    queryKey: keys.serverState,
    queryFn: async ({ signal }) => (await gql<{ serverState: ServerState }>(STATE, {}, signal)).serverState,
    refetchInterval: EVERY_MS,
  });

interface Done {
  done: { user: User | null; password: string | null; errors: Problem[] };
}

const ACTS = {
  add: ['addUser', 'AddUserInput'],
  password: ['setUserPassword', 'SetUserPasswordInput'],
  administrator: ['setUserAdministrator', 'SetUserAdministratorInput'],
  disabled: ['setUserDisabled', 'SetUserDisabledInput'],
  person: ['setUserPerson', 'SetUserPersonInput'],
} as const;

export type Act = keyof typeof ACTS;

async function carriedOut(act: Act, input: Variables): Promise<Done['done']> {
  const [root, type] = ACTS[act];
  const text = `mutation Account($input: ${type}!) { done: ${root}(input: $input) { user ${USER} password errors { code message path details } } }`;
  const { done } = await gql<Done>(text, { input });
  return accepted(done);
}

/** Change an account; the list follows, and a password that was made comes back once. */
export function useAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, input }: { act: Act; input: Variables }) => carriedOut(act, input),
    onSuccess: () => Promise.all([keys.users, keys.accountChanges].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
