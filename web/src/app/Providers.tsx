import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { client } from '@/api/client';
import { onStranger } from '@/api/gql';
import { stranger } from '@/api/session';
import { isRightToLeft } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { Toasts } from '@/ui/Toasts';
import { router } from './router';
import { theme } from './theme';
import { useScheme } from './useScheme';

/** What the frame of an installed application is painted with: the page's own background. */
const BACKGROUND = { light: '#f6f6f8', dark: '#0d0d11' };

onStranger(stranger);

/** Everything that is around every page: theme, direction, answers, addresses. */
export function Providers() {
  const scheme = useScheme();
  const { language, density } = useSettings();
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  useEffect(() => {
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', BACKGROUND[scheme]);
  }, [scheme]);
  return (
    <DirectionProvider initialDirection={isRightToLeft(language) ? 'rtl' : 'ltr'} detectDirection={false}>
      <MantineProvider theme={theme} forceColorScheme={scheme}>
        <Direction rightToLeft={isRightToLeft(language)} />
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function Direction({ rightToLeft }: { rightToLeft: boolean }) {
  const { setDirection } = useDirection();
  useEffect(() => setDirection(rightToLeft ? 'rtl' : 'ltr'), [rightToLeft, setDirection]);
  return null;
}
