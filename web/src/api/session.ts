/** Who is signed in, and signing in and out. */
import { useQuery } from '@tanstack/react-query';
import { client } from './client';
import { Failure } from './failures';
import { ME } from './first';
import { gql, sent } from './gql';
import { becomePerson, forgetOwn, isLeaving, person, setLeaving } from '@/lib/person';
import { keys } from './keys';

export interface Me {
  id: string;
  name: string;
  administrator: boolean;
  /** The record that the account is. */
  person: { id: string; type: string; title: string } | null;
}

async function me(): Promise<Me | null> {
  if (isLeaving() && !(await left())) return null;
  try {
    const { me: found } = await gql<{ me: Me }>(ME);
    await mine(found.id);
    return found;
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_signed_in') return null;
    throw error;
  }
}

/** What this browser keeps is one person's: what somebody else left here goes. */
async function mine(id: string): Promise<void> {
  if (person() && person() !== id) await forget();
  becomePerson(id);
}

/** Nothing of a person stays: answers, changes that wait, drafts, and the worker with all its files. */
async function forget(): Promise<void> {
  const whose = person();
  forgetOwn();
  const { dropDatabase } = await import('@/kept/database');
  await dropDatabase(whose);
}

/** The server hears that somebody left while it was away; false while it still is. */
async function left(): Promise<boolean> {
  try {
    await sent('/auth/logout', {});
  } catch {
    return false;
  }
  setLeaving(false);
  return true;
}

/** The reader; null for a stranger. */
export const useMe = () => useQuery({ queryKey: keys.me, queryFn: me, staleTime: Infinity });

let ended = false;
/** Whether somebody was in here whose session has ended by itself. */
export const hasEnded = (): boolean => ended;

/** How often a door at which nobody can enter yet looks again. */
const LOOKS_AGAIN_MS = 3_000;

/** Whether there is no account yet, as on a server that has just been started for the first time. */
export function useNobodyYet(): boolean {
  const asked = useQuery({
    queryKey: keys.nobodyYet,
    queryFn: async ({ signal }) => {
      const response = await fetch('/auth/first', { signal, headers: { accept: 'application/json' } });
      return response.ok && ((await response.json()) as { nobody: boolean }).nobody;
    },
    retry: false,
    refetchInterval: ({ state }) => (state.data ? LOOKS_AGAIN_MS : false),
  });
  return asked.data ?? false;
}

export async function signIn(username: string, password: string): Promise<void> {
  const response = await sent('/auth/login', { username, password });
  if (!response.ok) throw await refusal(response);
  ended = false;
  setLeaving(false);
  await client.resetQueries();
}

/** Signs out here whether or not the server can be told by now. */
export async function signOut(): Promise<void> {
  ended = false;
  setLeaving(true);
  await left();
  await forget();
  const { leave } = await import('@/kept/worker');
  await leave();
  // the door first: whoever watches an answer must not ask for it anew
  client.setQueryData(keys.me, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
}

/** The session has ended by itself: what was read goes, what waits to be sent stays for when the same person is back. */
export function stranger(): void {
  ended ||= Boolean(client.getQueryData(keys.me));
  void import('@/kept/answers').then(({ forgetAnswers }) => forgetAnswers());
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
