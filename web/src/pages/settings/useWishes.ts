import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accepted, asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';

/** A kind of notification, and whether the reader wants it. */
interface Wish {
  kind: string;
  wanted: boolean;
}

const KINDS = 'query Wishes { notificationKinds { kind wanted } }';
const CHOOSE = 'mutation Choose($input: ChooseNotificationsInput!) { chooseNotifications(input: $input) { errors { code message path details } } }';

/** What is wanted; it changes at once, and is taken back where the server refuses it. */
export function useWishes() {
  const client = useQueryClient();
  const words = useWords();
  const wishes = useQuery({
    queryKey: keys.wishes,
    queryFn: async ({ signal }) => (await gql<{ notificationKinds: Wish[] }>(KINDS, {}, signal)).notificationKinds,
  });
  const choosing = useMutation({
    mutationFn: async (unwanted: string[]) => accepted((await gql<{ chooseNotifications: { errors: Problem[] } }>(CHOOSE, { input: { unwanted } })).chooseNotifications),
    onError: (error) => tell(words(asFailure(error))),
    onSettled: () => client.invalidateQueries({ queryKey: keys.wishes }),
  });
  function put(kind: string, wanted: boolean): void {
    const next = (client.getQueryData<Wish[]>(keys.wishes) ?? []).map((each) => (each.kind === kind ? { kind, wanted } : each));
    client.setQueryData(keys.wishes, next);
    choosing.mutate(next.filter((each) => !each.wanted).map((each) => each.kind));
  }
  return { wishes, put };
}
