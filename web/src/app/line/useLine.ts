import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { isAway, listenToLine, watchLine } from '@/api/line';
import { flush, listenToWaiting, load, waitingNow } from '@/kept/queue';
import type { Waiting } from '@/kept/waiting';
import { enter } from '@/kept/worker';
import { useFormat } from '@/lib/useSettings';
import { tell } from '@/ui/toasts';

const AGAIN_MS = 20_000;

/** Follows the line for as long as somebody is signed in: what waits is sent when it is there, and what is shown is asked for anew. */
export function useLine(): void {
  const client = useQueryClient();
  const { t } = useTranslation();
  const format = useFormat();

  useEffect(() => {
    let was = isAway();
    const sent: Waiting[] = [];
    async function send(): Promise<void> {
      if (isAway() || !waitingNow().some(({ state }) => state === 'waits')) return;
      sent.length = 0;
      await flush((each) => sent.push(each));
      for (const { id, type } of sent) {
        const shown = [keys.recordsOf(type), keys.laidOutOf(type), ['totals', type], ...(id ? [keys.record(id)] : [])];
        for (const queryKey of shown) void client.invalidateQueries({ queryKey });
      }
      if (sent.length) tell(t('app:line.sent', { count: sent.length, number: format.number(sent.length) }));
    }
    async function turned(): Promise<void> {
      const back = was && !isAway();
      was = isAway();
      if (!back) return;
      await send();
      void client.invalidateQueries();
    }
    const again = setInterval(() => void send(), AGAIN_MS);
    const ends = [watchLine(), listenToLine(() => void turned()), listenToWaiting(() => void send())];
    void load().then(send);
    return () => {
      clearInterval(again);
      for (const end of ends) end();
    };
  }, [client, t, format]);

  useEffect(() => void enter(), []);
}
