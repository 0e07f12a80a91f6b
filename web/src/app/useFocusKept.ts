import { useEffect } from 'react';

/** What closes hands the focus back itself within this time. */
const GRACE_MS = 120;

/** When what had the focus is gone, the page has it: keys go on there, not at the top of the window. */
export function useFocusKept(): void {
  useEffect(() => {
    let held: Element | null = null;
    let due: ReturnType<typeof setTimeout> | undefined;
    const hold = ({ target }: FocusEvent): void => {
      held = target instanceof Element ? target : null;
    };
    const isLost = (): boolean => held !== null && !held.isConnected && document.activeElement === document.body;
    const keep = (): void => {
      due = undefined;
      if (isLost()) document.getElementById('page')?.focus({ preventScroll: true });
    };
    const gone = new MutationObserver(() => {
      if (due === undefined && isLost()) due = setTimeout(keep, GRACE_MS);
    });
    document.addEventListener('focusin', hold);
    gone.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', hold);
      gone.disconnect();
      clearTimeout(due);
    };
  }, []);
}
