/** What was typed and not yet saved, kept in this browser so that nothing is lost with a tab. */
export interface Kept<T> {
  at: string;
  held: T;
}

const PLACE = 'xrm.draft.';
const MOST = 20;

export function keptDraft<T>(key: string): Kept<T> | null {
  try {
    const text = localStorage.getItem(PLACE + key);
    return text ? (JSON.parse(text) as Kept<T>) : null;
  } catch {
    return null;
  }
}

export function keepDraft<T>(key: string, held: T, now = new Date()): void {
  const kept: Kept<T> = { at: now.toISOString(), held };
  try {
    localStorage.setItem(PLACE + key, JSON.stringify(kept));
  } catch {
    forgetOldest();
  }
  if (draftKeys().length > MOST) forgetOldest();
}

export const forgetDraft = (key: string): void => localStorage.removeItem(PLACE + key);

const draftKeys = (): string[] => Object.keys(localStorage).filter((each) => each.startsWith(PLACE));

function forgetOldest(): void {
  const at = (key: string): string => keptDraft(key.slice(PLACE.length))?.at ?? '';
  const oldest = draftKeys().sort((a, b) => at(a).localeCompare(at(b)))[0];
  if (oldest) localStorage.removeItem(oldest);
}
