import { useEffect, useRef, useState } from 'react';
import { forgetDraft, keepDraft, keptDraft, type Kept } from '@/lib/drafts';

const STILL_MS = 500;

/** Keeps what is typed while it is typed; `held` is null while there is nothing worth keeping. */
export function useDraft<T>(key: string, held: T | null) {
  const saved = useRef(false);
  const [found, setFound] = useState<Kept<T> | null>(() => keptDraft<T>(key));
  const text = held === null ? null : JSON.stringify(held);
  useEffect(() => {
    if (saved.current || text === null) return;
    const timer = setTimeout(() => keepDraft(key, JSON.parse(text) as T), STILL_MS);
    return () => clearTimeout(timer);
  }, [key, text]);

  function forget(): void {
    forgetDraft(key);
    setFound(null);
  }

  /** After saving: nothing is kept any more. */
  function done(): void {
    saved.current = true;
    forgetDraft(key);
  }

  return { found, forget, done };
}
