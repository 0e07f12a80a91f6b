/** Whether the server can be reached: every request tells of it; while it cannot, it is asked ever less often. */
import { useSyncExternalStore } from 'react';
import { waitBefore } from '@/lib/backoff';

const PLACE = '/health/live';
const FIRST_MS = 1000;
const LONGEST_MS = 20_000;
const ASKED_MS = 8000;

const listeners = new Set<() => void>();
let away = false;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking: Promise<void> | null = null;

export const isAway = (): boolean => away;

export function listenToLine(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAway = (): boolean => useSyncExternalStore(listenToLine, isAway);

/** An answer came: the line is there. */
export function answered(): void {
  tries = 0;
  clearTimeout(timer);
  become(false);
}

/** Something did not come through: find out whether the line is away. Ready when that is known. */
export function doubt(): Promise<void> {
  clearTimeout(timer);
  asking ??= ask().finally(() => (asking = null));
  return asking;
}

async function ask(): Promise<void> {
  if (await reached()) return answered();
  become(true);
  timer = setTimeout(() => void doubt(), waitBefore(tries++, FIRST_MS, LONGEST_MS));
}

async function reached(): Promise<boolean> {
  try {
    await fetch(PLACE, { cache: 'no-store', signal: AbortSignal.timeout(ASKED_MS) });
    return true;
  } catch {
    return false;
  }
}

function become(next: boolean): void {
  if (away === next) return;
  away = next;
  for (const listener of listeners) listener();
}

/** Hear of the browser's own view of the network, and ask when somebody comes back to the page. */
export function watchLine(): () => void {
  const look = () => void doubt();
  const seen = () => void (away && document.visibilityState === 'visible' && doubt());
  const heard = ['online', 'offline'] as const;
  for (const each of heard) window.addEventListener(each, look);
  document.addEventListener('visibilitychange', seen);
  return () => {
    for (const each of heard) window.removeEventListener(each, look);
    document.removeEventListener('visibilitychange', seen);
  };
}
