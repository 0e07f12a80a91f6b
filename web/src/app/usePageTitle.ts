import { useEffect } from 'react';

const PROGRAM = 'XRM';
const SETTLES_MS = 150;

function name(): void {
  const heading = document.querySelector('#page h1')?.textContent?.trim();
  const title = heading ? `${heading} – ${PROGRAM}` : PROGRAM;
  if (document.title !== title) document.title = title;
}

/** Tabs, bookmarks, the browser's history and printed files are called what the page is about. */
export function usePageTitle(): void {
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const watch = new MutationObserver(() => {
      due ??= setTimeout(() => {
        due = undefined;
        name();
      }, SETTLES_MS);
    });
    watch.observe(document.getElementById('page')!, { childList: true, subtree: true, characterData: true });
    name();
    return () => {
      watch.disconnect();
      clearTimeout(due);
      document.title = PROGRAM;
    };
  }, []);
}
