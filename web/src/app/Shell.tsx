import { ActionIcon, Menu } from '@mantine/core';
import { IconLanguage, IconLogout, IconMoon, IconPlugConnectedX, IconSettings, IconSun, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, type Me } from '@/api/session';
import { socket } from '@/api/socket';
import { choose, LANGUAGES, NAMES } from '@/lib/settings';
import { Bell } from './Bell';
import { BottomBar } from './BottomBar';
import { Finder } from './Finder';
import { Nav } from './Nav';
import { useScheme } from './useScheme';

const Palette = lazy(() => import('./Palette'));

/** Navigation, search and the reader's own things around the page. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t('app:skip')}
      </a>
      <Nav />
      <div className="shell-main">
        <header className="shell-top">
          <Finder />
          <span className="grow" />
          <Line />
          <Bell />
          <LanguageMenu />
          <ThemeSwitch />
          <Person me={me} />
        </header>
        <main id="page" className="shell-body" tabIndex={-1}>
          {children}
        </main>
        <BottomBar />
      </div>
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
    </div>
  );
}

/** Says so while changes of others cannot be heard of. */
function Line() {
  const { t } = useTranslation();
  const state = useSyncExternalStore(socket.watch, () => socket.state);
  if (state !== 'broken') return null;
  return (
    <span className="line-warning" role="status">
      <IconPlugConnectedX size={16} aria-hidden="true" />
      {t('app:line.broken')}
    </span>
  );
}

function LanguageMenu() {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('app:language')}>
          <IconLanguage size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item key={language} lang={language} onClick={() => choose({ language })}>
            {NAMES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const dark = useScheme() === 'dark';
  const Sign = dark ? IconSun : IconMoon;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={32}
      aria-label={dark ? t('app:theme.light') : t('app:theme.dark')}
      onClick={() => choose({ theme: dark ? 'light' : 'dark' })}
    >
      <Sign size={18} stroke={1.7} />
    </ActionIcon>
  );
}

function Person({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('app:person', { name: me.name })}>
          <IconUser size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{me.name}</bdi>
        </Menu.Label>
        <Menu.Item leftSection={<IconSettings size={16} />} renderRoot={(props) => <Link to="/settings" {...props} />}>
          {t('app:nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('app:signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
