import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { isAway } from '@/api/line';
import { newKey, written, type Payload } from '@/api/writing';
import { withValues } from '@/kept/showing';
import { inputOf, plainOf, type Wish } from '@/kept/waiting';
import { tell } from '@/ui/toasts';
import { recordQuery } from './compose';
import type { EntityType } from './model';
import type { Row } from './rows';

export interface Sent extends Payload {
  record?: Row | null;
  /** It waits for the line, under this key. */
  kept?: string;
}

const queue = () => import('@/kept/queue');

/** What is compared when somebody else changed the record meanwhile: the fields that are changed here. */
export const lookAt = (type: EntityType, data: Record<string, unknown>): string =>
  recordQuery(type, type.fields.filter((field) => field.name in data));

/**
 * Sends a change of a record. While the line is away, or while others of the same record wait, it is kept in the browser,
 * shown as if it were done, and sent when the line is there.
 */
export function useSend(): (wish: Wish) => Promise<Sent> {
  const client = useQueryClient();
  const { t } = useTranslation();
  // while the line is there: it is needed when it is not
  useEffect(() => void queue().catch(() => undefined), []);

  function show(id: string, values: Record<string, unknown> | null): void {
    if (!id || !values) return;
    for (const queryKey of [['records'], ['laid out'], keys.record(id)]) {
      client.setQueriesData({ queryKey }, (answer: unknown) => withValues(answer, id, values));
    }
  }

  return async (wish) => {
    const { drop, hold, waitsFor } = await queue();
    const key = newKey();
    let tried = false;
    if (!isAway() && !waitsFor(wish.id)) {
      try {
        return await written<Sent>(wish.query, inputOf(wish), key);
      } catch (error) {
        if (asFailure(error).code !== 'offline') throw error;
        tried = true;
      }
    }
    await hold(wish, key, tried);
    show(wish.id, plainOf(wish.data));
    const back = async () => {
      await drop(key);
      show(wish.id, wish.before);
    };
    tell(t('app:line.kept'), { label: t('app:undo'), run: () => void back() });
    return { changeSet: null, errors: [], kept: key };
  };
}
