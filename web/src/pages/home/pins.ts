/** Which saved views stand first on the start page; kept in this browser. */
const PLACE = 'xrm.pins';

export function pinned(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

export function togglePin(id: string): string[] {
  const had = pinned();
  const pins = had.includes(id) ? had.filter((each) => each !== id) : [id, ...had];
  localStorage.setItem(PLACE, JSON.stringify(pins));
  return pins;
}
