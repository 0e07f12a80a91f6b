import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sent } from '@/api/gql';
import { answered, isAway } from '@/api/line';

type Answer = (url: string, given: RequestInit) => Promise<Response>;

const never: Answer = (_, { signal }) => new Promise((_answer, refuse) => signal?.addEventListener('abort', () => refuse(new Error('aborted'))));
let health: Answer;

describe('a server that says nothing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', (url: string, given: RequestInit) => (url === '/health/live' ? health(url, given) : never(url, given)));
  });
  afterEach(() => {
    answered();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is given up when it does not say that it is there either', async () => {
    health = () => Promise.reject(new Error('refused'));
    const asked = sent('/graphql', {}).catch((error: { code: string }) => error.code);

    await vi.advanceTimersByTimeAsync(8000);

    expect(await asked).toBe('offline');
    expect(isAway()).toBe(true);
  });

  it('is waited for while it says that it is there', async () => {
    health = () => Promise.resolve(new Response());
    const stop = new AbortController();
    let ended = false;
    const asked = sent('/graphql', {}, stop.signal).catch(() => (ended = true));

    await vi.advanceTimersByTimeAsync(20_000);

    expect([ended, isAway()]).toEqual([false, false]);
    stop.abort();
    await asked;
  });

  it('is waited for where so many requests are under way that the question would wait too', async () => {
    health = () => Promise.reject(new Error('refused'));
    const stop = new AbortController();
    const asked = Array.from({ length: 6 }, () => sent('/graphql', {}, stop.signal).catch(() => undefined));

    await vi.advanceTimersByTimeAsync(20_000);

    expect(isAway()).toBe(false);
    stop.abort();
    await Promise.all(asked);
  });
});
