import { SegmentedControl } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/session';

const route = getRouteApi('/');

/** Whether the day is the reader's own or everybody's; and where their account is no record yet, that it is everybody's. */
export function Whose({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { whose = 'mine' } = route.useSearch();
  const navigate = route.useNavigate();
  if (!me.person) {
    return (
      <p className="home-whose">
        <IconUserQuestion size={16} stroke={1.7} aria-hidden="true" />
        <span>
          {t('home:whose.unlinked')} {me.administrator ? <Link to="/admin" className="word-link">{t('home:whose.link')}</Link> : t('home:whose.ask')}
        </span>
      </p>
    );
  }
  return (
    <SegmentedControl
      className="home-whose"
      size="xs"
      aria-label={t('home:whose.title')}
      value={whose}
      data={[
        { value: 'mine', label: t('home:whose.mine') },
        { value: 'all', label: t('home:whose.all') },
      ]}
      onChange={(value) => void navigate({ search: value === 'all' ? { whose: 'all' } : {}, replace: true })}
    />
  );
}
