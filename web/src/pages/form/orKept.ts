/** A form without a line begins with the record as its page was read last. */
import { hashKey, type QueryClient } from '@tanstack/react-query';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { isAway } from '@/api/line';
import type { Row } from '@/meta/rows';

interface Viewed {
  record: { id: string; type: string; title: string; values: Record<string, unknown> };
}

/** What the server says; while it cannot be reached what is known of it, where anything is. */
export async function orKept<T>(ask: () => Promise<T>, known: () => Promise<T | undefined>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const found = asFailure(error).code === 'offline' && isAway() ? await known() : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

export async function keptRecord(client: QueryClient, id: string, language: string): Promise<{ type: string; row: Row } | undefined> {
  const key = keys.view360(id, '', language);
  const { recall } = await import('@/kept/answers');
  const viewed = client.getQueryData<Viewed | null>(key) ?? ((await recall(hashKey(key)))?.data as Viewed | null | undefined);
  return viewed ? { type: viewed.record.type, row: rowOf(viewed.record) } : undefined;
}

export function rowOf({ id, title, values }: Viewed['record']): Row {
  return { ...values, id, displayName: title, version: Number(values.version) };
}
