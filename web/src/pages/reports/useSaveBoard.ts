import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { keys } from '@/api/keys';
import { dropPage, restorePage } from '@/api/savedPages';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { save, type Draft } from './saved';

interface Kept {
  draft: Draft;
  over: { id: string; version: number } | undefined;
}

/** Keeps a draft; what others show of it is told anew. */
export function useSaveBoard() {
  const client = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ draft, over }: Kept) => save(draft, over),
    onSuccess: (kept) => {
      client.setQueryData(keys.board(kept.id), kept);
      void client.invalidateQueries({ queryKey: keys.boards, exact: true });
      tell(t('app:saved'));
    },
  });
}

/** Deletes a dashboard, and offers the way back. */
export function useDropBoard(): (id: string) => Promise<void> {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const back = async (id: string) => {
    try {
      await restorePage(id);
      tell(t('app:undone'));
    } catch (error) {
      tell(words(asFailure(error)));
    }
    await client.invalidateQueries({ queryKey: keys.boards });
  };
  return async (id) => {
    try {
      await dropPage(id);
      tell(t('reports:dropped'), { label: t('app:undo'), run: () => void back(id) });
    } catch (error) {
      tell(words(asFailure(error)));
    }
    await client.invalidateQueries({ queryKey: keys.boards });
  };
}
