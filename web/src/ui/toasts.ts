/** Short words about what was just done, with the way back. */
export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

const LASTS_MS = 8000;
const listeners = new Set<() => void>();
let shown: readonly Toast[] = [];
let next = 1;

function become(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const listener of listeners) listener();
}

export const toasts = (): readonly Toast[] => shown;

export function listenToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function dismiss(id: number): void {
  become(shown.filter((toast) => toast.id !== id));
}

/** The way back that was offered last; false where none is. */
export function actLast(): boolean {
  const last = shown.findLast(({ action }) => action);
  if (!last) return false;
  dismiss(last.id);
  last.action?.run();
  return true;
}

export function tell(text: string, action?: Toast['action']): void {
  const toast: Toast = action ? { id: next++, text, action } : { id: next++, text };
  become([...shown.slice(-2), toast]);
  setTimeout(() => dismiss(toast.id), LASTS_MS);
}
