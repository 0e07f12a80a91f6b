/** The records that were looked at last, kept in this browser. */
export interface Seen {
  id: string;
  title: string;
  type: string;
}

const PLACE = 'xrm.recent';
const MOST = 12;

export function recent(): Seen[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? (kept as Seen[]) : [];
  } catch {
    return [];
  }
}

export function remember(seen: Seen): void {
  localStorage.setItem(PLACE, JSON.stringify([seen, ...recent().filter(({ id }) => id !== seen.id)].slice(0, MOST)));
}
