import { QueryClient } from '@tanstack/react-query';
import { asFailure } from './failures';

const MOST_TRIES = 4;

/** Answers stay while nothing is heard of changes; what passes by itself is asked again, ever slower. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (tries, error) => asFailure(error).passes && tries < MOST_TRIES,
      retryDelay: (tries) => Math.min(500 * 2 ** tries, 8000),
    },
  },
});
