import { IconLock } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { Credentials } from '@/meta/credentials/Credentials';
import { EmptyState } from '@/ui/EmptyState';
import { PARTS } from './asked';
import { Changes } from './Changes';
import { Imports } from './Imports';
import { People } from './People';
import { useUsers } from './people';
import { Runs } from './Runs';
import { Server } from './Server';
import './admin.css';

/** What administrators look after: people, tokens and sessions, runs, the server. */
export default function Admin() {
  const { t } = useTranslation();
  const me = useMe().data;
  const { part = 'people' } = useSearch({ from: '/admin' });
  if (!me?.administrator) return <EmptyState alone icon={IconLock} title={t('admin:locked.title')}>{t('admin:locked.says')}</EmptyState>;
  return (
    <div className="admin">
      <h1>{t('admin:title')}</h1>
      <nav className="admin-parts" aria-label={t('admin:parts')}>
        {PARTS.map((each) => (
          <Link key={each} to="/admin" search={each === 'people' ? {} : { part: each }} activeOptions={{ exact: true, includeSearch: true }}>
            {t(`admin:part.${each}`)}
          </Link>
        ))}
      </nav>
      {part === 'people' && <People own={me.name} />}
      {part === 'access' && <Access own={me.name} />}
      {part === 'changes' && <Changes />}
      {part === 'runs' && <><Runs /><Imports /></>}
      {part === 'server' && <Server />}
    </div>
  );
}

function Access({ own }: { own: string }) {
  const users = (useUsers().data ?? []).filter((user) => !user.disabledAt && user.name !== own).map((user) => user.name);
  return <Credentials everybody users={users} />;
}
