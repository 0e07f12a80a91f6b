import type { KeyboardEvent } from 'react';

/** Hears Escape within a part of the page, but not within a menu or a dialog that opened out of it: that one closes alone, and the page hears no more of it. */
export const onEscape = (close: () => void) => (event: KeyboardEvent<HTMLElement>): void => {
  const within = event.currentTarget.contains(event.target as Node);
  if (event.key !== 'Escape' || event.defaultPrevented || !within) return;
  event.preventDefault();
  close();
};
