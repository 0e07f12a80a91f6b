/** What others change is forgotten here, so that whatever shows it is asked for anew. */
import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { socket, type Socket } from './socket';

interface Changed {
  recordChanged: { type: string; id: string; cursor: string };
}

const RECORDS = `subscription Live($after: String) { recordChanged(after: $after) { type id cursor } }`;
const MODEL = 'subscription Model { modelChanged { version } }';
const TOLD = 'subscription Told { notification { id } }';
const GATHERED_MS = 400;
const AGAIN_MS = 2000;
/** What may have changed unheard while nobody told of it. */
const OF_RECORDS = [['records'], ['laid out'], ['totals'], ['figures'], ['record'], keys.counts, keys.day];

/** Follow the server for as long as somebody is signed in; returns what ends it. */
export function follow(client: QueryClient, over: Socket = socket): () => void {
  let cursor: string | undefined;
  let heardBefore = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const types = new Set<string>();
  const ids = new Set<string>();

  function forget(): void {
    timer = undefined;
    for (const type of types) {
      void client.invalidateQueries({ queryKey: keys.recordsOf(type) });
      void client.invalidateQueries({ queryKey: keys.laidOutOf(type) });
      void client.invalidateQueries({ queryKey: ['totals', type] });
    }
    // figures stand on records of several types
    void client.invalidateQueries({ queryKey: ['figures'], predicate: ({ queryKey }) => (queryKey[1] as string[]).some((type) => types.has(type)) });
    for (const id of ids) void client.invalidateQueries({ queryKey: keys.record(id) });
    void client.invalidateQueries({ queryKey: keys.counts });
    types.clear();
    ids.clear();
  }

  function changed({ recordChanged }: Changed): void {
    cursor = recordChanged.cursor;
    types.add(recordChanged.type);
    ids.add(recordChanged.id);
    timer ??= setTimeout(forget, GATHERED_MS);
  }

  function everything(): void {
    for (const queryKey of OF_RECORDS) void client.invalidateQueries({ queryKey });
  }

  /** After a break the server goes on from the last change that was heard; where none was, all is read anew. */
  function after(): { after: string | null } {
    if (heardBefore && !cursor) everything();
    heardBefore = true;
    return { after: cursor ?? null };
  }

  /** The feed does not reach back to the last change any more. */
  function lost(): void {
    cursor = undefined;
    again = setTimeout(() => (ends[0] = records()), AGAIN_MS);
  }

  const records = () => over.subscribe<Changed>(RECORDS, changed, after, lost);
  const ends = [
    records(),
    over.subscribe(MODEL, () => void client.invalidateQueries({ queryKey: keys.model })),
    over.subscribe(TOLD, () => void client.invalidateQueries({ queryKey: keys.notifications })),
  ];
  return () => {
    clearTimeout(timer);
    clearTimeout(again);
    for (const end of ends) end();
  };
}
