/** Bearer tokens and signed-in browsers: one's own, and for administrators everybody's. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accepted, Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Allowance } from './allowances';

interface Credential {
  id: string;
  user: string;
  createdAt: string;
  expiresAt: string;
}

export interface Token extends Credential {
  /** What it is called; null where nobody said. */
  name: string | null;
  allowance: Allowance;
}

export interface Session extends Credential {
  present: boolean;
  browser: string | null;
  system: string | null;
}

const BOTH = `query Credentials($everybody: Boolean!) {
  tokens(everybody: $everybody) { id name user createdAt expiresAt allowance { operation minute } }
  sessions(everybody: $everybody) { id user createdAt expiresAt present browser system }
}`;
const CREATE = `mutation CreateToken($input: CreateTokenInput!) {
  createToken(input: $input) { token errors { code message path details } }
}`;

export const useCredentials = (everybody: boolean) =>
  useQuery({
    queryKey: [...keys.credentials, everybody],
    queryFn: ({ signal }) => gql<{ tokens: Token[]; sessions: Session[] }>(BOTH, { everybody }, signal),
  });

function useForgetting() {
  const client = useQueryClient();
  return () => Promise.all([keys.credentials, keys.accountChanges].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** A new token, shown this once. */
export function useNewToken() {
  return useMutation({
    mutationFn: async (input: { name: string; user?: string; expiresIn: string }) => {
      const { createToken } = await gql<{ createToken: { token: string | null; errors: Problem[] } }>(CREATE, { input });
      const { token } = accepted(createToken);
      if (!token) throw new Failure('unexpected', '');
      return token;
    },
    onSuccess: useForgetting(),
  });
}

/** End a token, or sign a browser out. */
export function useEnding(root: 'withdrawToken' | 'endSession') {
  return useMutation({
    mutationFn: async (id: string) => {
      const text = `mutation End($input: EndCredentialInput!) { done: ${root}(input: $input) { errors { code message path details } } }`;
      accepted((await gql<{ done: { errors: Problem[] } }>(text, { input: { id } })).done);
    },
    onSuccess: useForgetting(),
  });
}
