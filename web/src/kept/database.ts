/** The browser's own database of one person: answers that were read, and changes that wait to be sent. */
import { person } from '@/lib/person';

type Store = 'answers' | 'waiting';

const KEYS: Record<Store, string> = { answers: 'hash', waiting: 'key' };
const nameOf = (whose: string): string => `xrm-${whose}`;

let open: { whose: string; database: Promise<IDBDatabase> } | null = null;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function database(): Promise<IDBDatabase> {
  const whose = person();
  if (!whose) return Promise.reject(new Error('nobody is signed in'));
  if (open?.whose !== whose) open = { whose, database: opened(whose) };
  return open.database;
}

async function opened(whose: string): Promise<IDBDatabase> {
  const request = indexedDB.open(nameOf(whose), 1);
  request.onupgradeneeded = () => {
    for (const [store, keyPath] of Object.entries(KEYS)) request.result.createObjectStore(store, { keyPath });
  };
  const found = await settled(request);
  // another window deletes it: hold it up no longer
  found.onversionchange = () => {
    found.close();
    open = null;
  };
  return found;
}

async function within<T>(store: Store, mode: IDBTransactionMode, act: (of: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return settled(act((await database()).transaction(store, mode).objectStore(store)));
}

export const put = (store: Store, value: object): Promise<unknown> => within(store, 'readwrite', (of) => of.put(value));
export const get = <T>(store: Store, key: string): Promise<T | undefined> => within<T | undefined>(store, 'readonly', (of) => of.get(key));
export const all = <T>(store: Store): Promise<T[]> => within<T[]>(store, 'readonly', (of) => of.getAll());
export const remove = (store: Store, key: string): Promise<unknown> => within(store, 'readwrite', (of) => of.delete(key));
export const clear = (store: Store): Promise<unknown> => within(store, 'readwrite', (of) => of.clear());

/** Everything of a person is gone when it is ready; nothing happens where there was nothing. */
export async function dropDatabase(whose: string): Promise<void> {
  if (open?.whose === whose) {
    const held = open.database;
    open = null;
    await held.then((found) => found.close()).catch(() => undefined);
  }
  await settled(indexedDB.deleteDatabase(nameOf(whose))).catch(() => undefined);
}
