import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isRightToLeft } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { freshOf, placeOf, type Notice } from './notices';
import { useWording } from './useWording';

const ICON = '/icons/icon-192.png';

/** Shows what comes while nobody looks at the page where the system shows such things. */
export default function OnDesk({ nodes }: { nodes: readonly Notice[] }) {
  const router = useRouter();
  const wording = useWording();
  const { language } = useSettings();
  const seen = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const fresh = document.hidden ? freshOf(nodes, seen.current) : [];
    seen.current = new Set(nodes.map(({ id }) => id));
    for (const notice of fresh) {
      const { sentence, more } = wording(notice);
      const place = placeOf(notice);
      const href = place ? router.buildLocation(place).href : '/';
      const options = { body: more, tag: notice.id, icon: ICON, lang: language, dir: isRightToLeft(language) ? 'rtl' : 'ltr', data: href } as const;
      void show(sentence ?? notice.text, options, () => void router.navigate({ href }));
    }
  });
  return null;
}

/** By the service worker, which phones demand; else by the page itself. */
async function show(title: string, options: NotificationOptions, open: () => void): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.active) return registration.showNotification(title, options);
  const shown = new Notification(title, options);
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}
