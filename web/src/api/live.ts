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

/** Follow the server for as long as somebody is signed in; returns what ends it. */
export function follow(client: QueryClient, over: Socket = socket): () => void {
  let cursor: string | undefined;
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

  const ends = [
    over.subscribe<Changed>(RECORDS, changed, () => ({ after: cursor ?? null })),
    over.subscribe(MODEL, () => void client.invalidateQueries({ queryKey: keys.model })),
    over.subscribe(TOLD, () => void client.invalidateQueries({ queryKey: keys.notifications })),
  ];
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}
