import { useEffect } from 'react';

/** What closes hands the focus back itself within this time. */
const GRACE_MS = 120;

const isNowhere = (): boolean => document.activeElement === document.body;

/** When what had the focus is gone, the page has it; what cannot be used for a while has it back afterwards. */
export function useFocusKept(): void {
  useEffect(() => {
    let held: Element | null = null;
    let waits = false;
    let due: ReturnType<typeof setTimeout> | undefined;
    const hold = ({ target }: FocusEvent): void => {
      held = target instanceof Element ? target : null;
      waits = false;
    };
    const isLost = (): boolean => held !== null && !held.isConnected && isNowhere();
    const keep = (): void => {
      due = undefined;
      if (isLost()) document.getElementById('page')?.focus({ preventScroll: true });
    };
    const turned = (changes: readonly MutationRecord[]): void => {
      if (!(held instanceof HTMLElement) || !changes.some(({ type, target }) => type === 'attributes' && target === held)) return;
      const isOff = held.hasAttribute('disabled');
      if (waits && !isOff && isNowhere()) held.focus({ preventScroll: true });
      waits = isOff;
    };
    const watch = new MutationObserver((changes) => {
      turned(changes);
      if (due === undefined && isLost()) due = setTimeout(keep, GRACE_MS);
    });
    document.addEventListener('focusin', hold);
    watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', hold);
      watch.disconnect();
      clearTimeout(due);
    };
  }, []);
}
