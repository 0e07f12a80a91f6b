import { ActionIcon, Menu } from '@mantine/core';
import { IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSettings, IconSun, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/session';
import { choose, LANGUAGES, NAMES } from '@/lib/settings';
import { showKeys } from '@/ui/keysShown';
import { MenuPart } from '@/ui/MenuPart';
import { Bell } from './bell/Bell';
import { BottomBar } from './BottomBar';
import { Finder } from './Finder';
import { Keys } from './keys/Keys';
import { Nav } from './Nav';
import { PrintHead } from './PrintHead';
import { useFocusKept } from './useFocusKept';
import { usePageTitle } from './usePageTitle';
import { useScheme } from './useScheme';

const Palette = lazy(() => import('./Palette'));
const Banner = lazy(() => import('./line/Banner'));
const Signs = lazy(() => import('./line/Signs'));
const Leaving = lazy(() => import('./line/Leaving'));

/** Navigation, search and the reader's own things around the page. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation();
  useFocusKept();
  usePageTitle();
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
          <Suspense fallback={null}>
            <Signs />
          </Suspense>
          <Bell />
          <LanguageMenu />
          <ThemeSwitch />
          <Person me={me} />
          <div id="menus" className="shell-menus" />
        </header>
        <Suspense fallback={null}>
          <Banner />
        </Suspense>
        <PrintHead me={me} />
        <main id="page" className="shell-body" tabIndex={-1}>
          {children}
        </main>
        <BottomBar />
      </div>
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
      <Keys />
    </div>
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
  const [leaving, setLeaving] = useState(false);
  if (leaving) {
    return (
      <Suspense fallback={null}>
        <Leaving onStay={() => setLeaving(false)} />
      </Suspense>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('app:person', { name: me.name })}>
          <IconUser size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuPart label={me.name}>
          <Menu.Item leftSection={<IconSettings size={16} />} renderRoot={(props) => <Link to="/settings" {...props} />}>
            {t('app:nav.settings')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => showKeys(true)}>
            {t('keys:title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => setLeaving(true)}>
            {t('app:signOut')}
          </Menu.Item>
        </MenuPart>
      </Menu.Dropdown>
    </Menu>
  );
}
