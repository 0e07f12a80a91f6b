import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { deliver, deliveries, endDelivery, type Delivery, type Rhythm } from './delivery';

/** What comes to the reader. */
export const useDeliveries = () => useQuery({ queryKey: keys.deliveries, queryFn: ({ signal }) => deliveries(signal) });

/** Has a dashboard come in a rhythm, or no longer where that is null; tells of it, with the way back. */
export function useDeliver(page: string, before: Delivery | undefined) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const format = useFormat();
  const words = useWords();
  const put = async (rhythm: Rhythm | null): Promise<Delivery | null> => {
    const kept = rhythm ? await deliver(page, rhythm) : await endDelivery(page);
    void client.invalidateQueries({ queryKey: keys.deliveries });
    return kept ?? null;
  };
  const back = () => put(before ?? null).then(() => tell(t('app:undone')), (error: unknown) => tell(words(asFailure(error))));
  return useMutation({
    mutationFn: put,
    onSuccess: (kept) =>
      tell(kept ? t('reports:delivery.comes', { when: format.moment(kept.nextAt) }) : t('reports:delivery.ended'), { label: t('app:undo'), run: () => void back() }),
  });
}
