import { IconHome2, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from './Logo';
import { NavTypes } from './NavTypes';
import { GROUPS, PLACES } from './places';

/** The types of the model as it stands, and every page. */
export function Nav() {
  const { t } = useTranslation();
  return (
    <nav className="shell-nav" aria-label={t('app:nav.main')}>
      <Link to="/" className="brand">
        <Logo />
        XRM
      </Link>
      <Link to="/" className="nav-link" activeOptions={{ exact: true, includeSearch: false }}>
        <IconHome2 size={17} stroke={1.7} aria-hidden="true" />
        {t('app:nav.home')}
      </Link>
      <span className="nav-group">{t('app:nav.records')}</span>
      <NavTypes />
      {GROUPS.filter((group) => PLACES[group].length).map((group) => (
        <Fragment key={group}>
          <span className="nav-group">{t(`app:nav.${group}`)}</span>
          {PLACES[group].map(({ to, icon: Sign, space }) => (
            <Link key={to} to={to} className="nav-link">
              <Sign size={17} stroke={1.7} aria-hidden="true" />
              <span className="cut">{t(`${space}:title`)}</span>
            </Link>
          ))}
        </Fragment>
      ))}
      <span className="grow" />
      <Link to="/settings" className="nav-link">
        <IconSettings size={17} stroke={1.7} aria-hidden="true" />
        {t('app:nav.settings')}
      </Link>
    </nav>
  );
}
