/** The draft of the model in this browser: kept over reloads, with every step back. */
import { useSyncExternalStore } from 'react';
import { emptyDraft, type Draft } from './draft';

const KEY = 'xrm.model-draft';
const ONE_STEP_MS = 900;
const MOST_STEPS = 100;

const listeners = new Set<() => void>();
let draft: Draft | null = kept();
let past: (Draft | null)[] = [];
let future: (Draft | null)[] = [];
let last = { at: 0, what: '' };

function kept(): Draft | null {
  try {
    const text = localStorage.getItem(KEY);
    return text ? (JSON.parse(text) as Draft) : null;
  } catch {
    return null;
  }
}

function become(next: Draft | null): void {
  draft = next;
  try {
    if (next) localStorage.setItem(KEY, JSON.stringify(next));
    else localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing still lets work go on
  }
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is typed into one place within a moment is one step back. */
export function change(version: number, what: string, edit: (draft: Draft) => Draft): void {
  const now = Date.now();
  if (what !== last.what || now - last.at > ONE_STEP_MS) past = [...past.slice(1 - MOST_STEPS), draft];
  last = { at: now, what };
  future = [];
  become(edit(draft ?? emptyDraft(version)));
}

export function back(): void {
  if (!past.length) return;
  future = [...future, draft];
  const before = past[past.length - 1] ?? null;
  past = past.slice(0, -1);
  last = { at: 0, what: '' };
  become(before);
}

export function forth(): void {
  if (!future.length) return;
  past = [...past, draft];
  const after = future[future.length - 1] ?? null;
  future = future.slice(0, -1);
  become(after);
}

/** Forget it; a step back brings it again. */
export function discard(): void {
  change(0, 'discard', (now) => now);
  become(null);
}

/** Nothing is left to go back to: it is part of the model now. */
export function applied(): void {
  past = [];
  future = [];
  become(null);
}

export const useDraft = (): Draft | null => useSyncExternalStore(listen, () => draft);
export const useSteps = (): { canGoBack: boolean; canGoForth: boolean } => {
  const canGoBack = useSyncExternalStore(listen, () => past.length > 0);
  const canGoForth = useSyncExternalStore(listen, () => future.length > 0);
  return { canGoBack, canGoForth };
};
