/** Who is signed in, and signing in and out. */
import { useQuery } from '@tanstack/react-query';
import { client } from './client';
import { Failure } from './failures';
import { gql, sent } from './gql';
import { keys } from './keys';

export interface Me {
  id: string;
  name: string;
  administrator: boolean;
}

async function me(): Promise<Me | null> {
  try {
    return (await gql<{ me: Me }>('{ me { id name administrator } }')).me;
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_signed_in') return null;
    throw error;
  }
}

/** The reader; null for a stranger. */
export const useMe = () => useQuery({ queryKey: keys.me, queryFn: me, staleTime: Infinity });

export async function signIn(username: string, password: string): Promise<void> {
  const response = await sent('/auth/login', { username, password });
  if (!response.ok) throw await refusal(response);
  await client.resetQueries();
}

export async function signOut(): Promise<void> {
  await sent('/auth/logout', {});
  client.clear();
  client.setQueryData(keys.me, null);
}

async function refusal(response: Response): Promise<Failure> {
  const waitS = Number(response.headers.get('retry-after') ?? 0);
  const details = [{ code: 'wait', message: String(Math.max(1, Math.ceil(waitS / 60))), path: [] }];
  try {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return new Failure(error.code, error.message, response.headers.get('x-request-id') ?? '', details);
  } catch {
    return new Failure('unavailable', '');
  }
}
