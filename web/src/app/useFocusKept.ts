import { useEffect } from 'react';

/** What closes hands the focus back itself within this time. */
const GRACE_MS = 120;
/** So many places that had the focus are remembered. */
const TRAIL = 8;

interface Held {
  element: HTMLElement;
  /** The page on which it had the focus. */
  path: string;
}

const isNowhere = (): boolean => document.activeElement === document.body;
const isThere = ({ element, path }: Held): boolean =>
  path === location.pathname && element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled');

/** When what had the focus is gone, what had it before on this page has it, else the page; what cannot be used for a while has it back afterwards. */
export function useFocusKept(): void {
  useEffect(() => {
    let trail: readonly Held[] = [];
    let waits = false;
    let due: ReturnType<typeof setTimeout> | undefined;
    const hold = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      trail = [...trail.filter(({ element }) => element !== target), { element: target, path: location.pathname }].slice(-TRAIL);
      waits = false;
    };
    const isLost = (): boolean => trail.at(-1)?.element.isConnected === false && isNowhere();
    const keep = (): void => {
      due = undefined;
      if (!isLost()) return;
      const stays = trail.at(-1)?.path === location.pathname;
      const place = (stays && trail.findLast(isThere)?.element) || document.getElementById('page');
      place?.focus({ preventScroll: true });
    };
    const turned = (changes: readonly MutationRecord[]): void => {
      const held = trail.at(-1)?.element;
      if (!held || !changes.some(({ type, target }) => type === 'attributes' && target === held)) return;
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
