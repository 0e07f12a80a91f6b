/** Lets questions be answered from what was kept while the line is away; everything heavier comes when it is needed. */
import { notifyManager, type QueryFunction, type QueryFunctionContext, type Query } from '@tanstack/react-query';
import { asFailure } from '@/api/failures';
import { isAway } from '@/api/line';
import { isBasis, isKept } from './rules';

export async function persister(ask: QueryFunction, context: QueryFunctionContext, query: Query): Promise<unknown> {
  if (!isKept(context.queryKey)) return ask(context);
  const had = isAway() ? await again(query) : null;
  if (had) return had.data;
  try {
    const data = await ask(context);
    void import('./answers').then(({ keep }) => keep(query.queryHash, isBasis(context.queryKey), data));
    return data;
  } catch (error) {
    const kept = asFailure(error).code === 'offline' && isAway() ? await again(query) : null;
    if (kept) return kept.data;
    throw error;
  }
}

/** What the page has, else what the browser has kept; as of when it was read. */
async function again(query: Query): Promise<{ data: unknown } | null> {
  const { data, dataUpdatedAt } = query.state;
  if (data !== undefined) return asOf(query, data, dataUpdatedAt);
  const { recall } = await import('./answers');
  const found = await recall(query.queryHash);
  return found ? asOf(query, found.data, found.at) : null;
}

function asOf(query: Query, data: unknown, dataUpdatedAt: number): { data: unknown } {
  notifyManager.schedule(() => query.setState({ dataUpdatedAt }));
  return { data };
}

