/** What the browser allows of showing notifications beside the page. */
export type Allowed = 'granted' | 'denied' | 'default' | 'never';

/** `never` where the browser has no such thing, or keeps it to pages that come over a safe line. */
export const allowed = (): Allowed => ('Notification' in window && window.isSecureContext ? Notification.permission : 'never');

export const mayShow = (): boolean => allowed() === 'granted';

/** Asks the reader, where the browser still asks. */
export async function askToShow(): Promise<Allowed> {
  return allowed() === 'default' ? Notification.requestPermission() : allowed();
}
