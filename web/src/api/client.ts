import { QueryClient } from '@tanstack/react-query';
import { persister } from '@/kept/persisting';
import { waitBefore } from '@/lib/backoff';
import { asFailure } from './failures';
import { isAway } from './line';

const MOST_TRIES = 4;

/** Answers stay while nothing is heard of changes; what passes by itself is asked again, ever slower, unless the line is known to be away. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      persister,
      retry: (tries, error) => asFailure(error).passes && tries < MOST_TRIES && !isAway(),
      retryDelay: (tries) => waitBefore(tries, 500, 8000),
    },
    mutations: { networkMode: 'always' },
  },
});
