import { client } from '@/api/client';
import { keys } from '@/api/keys';
import { aroundAnswer } from '@/graph/asking';
import type { ExploreSearch } from './address';
import { stepsOf } from './steps';

/** Asks what an address will draw while the page is being fetched; of who is not known to be signed in, nothing. */
export function askAhead(search: ExploreSearch): void {
  if (!client.getQueryData(keys.model)) return;
  for (const step of stepsOf(search)) void client.prefetchQuery(aroundAnswer(step));
}
