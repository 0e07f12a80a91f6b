/** The service worker, as pages see it: put in, told to take over, taken out again. */
import { useSyncExternalStore } from 'react';

const PLACE = '/worker.js';
const HOUR_MS = 3_600_000;
const listeners = new Set<() => void>();
let next: ServiceWorker | null = null;
let fresh = false;

/** Whether a newer version of the application can be had by a reload. */
export const hasNewVersion = (): boolean => fresh;

export function useNewVersion(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, hasNewVersion);
}

function offer(worker: ServiceWorker | null): void {
  next = worker;
  fresh = true;
  for (const listener of listeners) listener();
}

/** The application can be opened without a line from then on; does nothing where browsers have no workers. */
export async function enter(): Promise<void> {
  window.addEventListener('vite:preloadError', () => offer(null));
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(PLACE, { updateViaCache: 'none' });
    watch(registration);
    setInterval(() => void registration.update().catch(() => undefined), HOUR_MS);
    // one that was signed out of and in again has lost its files
    (await navigator.serviceWorker.ready).active?.postMessage('fill');
  } catch {
    await leaveIfGone();
  }
}

function watch(registration: ServiceWorkerRegistration): void {
  const waits = () => registration.waiting && navigator.serviceWorker.controller && offer(registration.waiting);
  waits();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', waits));
}

/** A server that ships no worker any more is not to be hidden behind an old one. */
async function leaveIfGone(): Promise<void> {
  const answer = await fetch(PLACE, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (answer?.status === 404) await leave();
}

/** The page again, in the newest version. */
export function takeOver(): void {
  if (!next) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  next.postMessage('take over');
}

/** Out of the browser with everything that it holds. */
export async function leave(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    registration.active?.postMessage('leave');
    await registration.unregister();
  }
  for (const name of await caches.keys()) await caches.delete(name);
}
