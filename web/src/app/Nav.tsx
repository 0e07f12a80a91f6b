import { IconHome2, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, useModel } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { Bone } from '@/ui/Bones';
import { signOf } from '@/ui/signs';
import { Logo } from './Logo';
import { GROUPS, PLACES } from './places';

/** Every type of the model with how many records it has, as the model stands. */
export function Nav() {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const model = useModel();
  const counts = useCounts();
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
      {model.isPending && Array.from({ length: 8 }, (_, place) => <span key={place} className="nav-link"><Bone height={10} /></span>)}
      {model.data?.types.map((type) => {
        const Sign = signOf(type.icon);
        const count = counts.data?.[type.name];
        return (
          <Link key={type.name} to="/t/$type" params={{ type: type.name }} className="nav-link">
            <Sign size={17} stroke={1.7} aria-hidden="true" />
            <span className="cut">{heading(type.labels, language)}</span>
            {count !== undefined && <span className="count num">{format.compact(count)}</span>}
          </Link>
        );
      })}
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
