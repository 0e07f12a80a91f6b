import { IconHome2, IconMenu2 } from '@tabler/icons-react';
import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, useModel, type EntityType } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { signOf } from '@/ui/signs';
import { EVERY_PLACE } from './places';

const IN_REACH = 3;

/** On a phone: home, the types with most records, and all others behind one button. */
export function BottomBar() {
  const { t } = useTranslation();
  const { language } = useSettings();
  const types = useModel().data?.types ?? [];
  const counts = useCounts().data ?? {};
  const first = [...types].sort((a, b) => (counts[b.name] ?? 0) - (counts[a.name] ?? 0)).slice(0, IN_REACH);
  const one = (type: EntityType) => {
    const Sign = signOf(type.icon);
    return (
      <Link key={type.name} to="/t/$type" params={{ type: type.name }}>
        <Sign size={21} stroke={1.6} aria-hidden="true" />
        <span className="cut">{heading(type.labels, language)}</span>
      </Link>
    );
  };
  return (
    <nav className="shell-bottom" aria-label={t('app:nav.short')}>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
        <IconHome2 size={21} stroke={1.6} aria-hidden="true" />
        <span>{t('app:nav.home')}</span>
      </Link>
      {first.map(one)}
      <Menu position="top-end" withinPortal>
        <Menu.Target>
          <button type="button">
            <IconMenu2 size={21} stroke={1.6} aria-hidden="true" />
            <span>{t('app:nav.more')}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown mah="70dvh" style={{ overflow: 'auto' }}>
          {types.map((type) => (
            <Menu.Item key={type.name} renderRoot={(props) => <Link to="/t/$type" params={{ type: type.name }} {...props} />}>
              {heading(type.labels, language)}
            </Menu.Item>
          ))}
          {EVERY_PLACE.map(({ to, space }) => (
            <Menu.Item key={to} renderRoot={(props) => <Link to={to} {...props} />}>
              {t(`${space}:title`)}
            </Menu.Item>
          ))}
          <Menu.Item renderRoot={(props) => <Link to="/settings" {...props} />}>{t('app:nav.settings')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
