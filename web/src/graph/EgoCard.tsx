import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAway } from '@/api/line';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import './graph.css';

const EgoGraph = lazy(() => import('./EgoGraph'));

/** True once the page has been painted, the browser has time and the line is there; stays so. */
function useIdle(away: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (away) return;
    const timer = setTimeout(() => setIdle(true), 300);
    return () => clearTimeout(timer);
  }, [away]);
  return idle;
}

/** Whom a record is linked with, drawn in rings around it; comes after everything that is read first. */
export function EgoCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const away = useAway();
  const idle = useIdle(away);
  const open = (
    <Link to="/explore" search={{ from: [id], pick: id }} className="more-link">
      {t('graph:ego.open')}
      <IconArrowRight size={15} className="mirrors" aria-hidden="true" />
    </Link>
  );
  const coming = away ? <p className="card-note card-pad">{t('app:line.needs')}</p> : <div className="ego-stage"><Bone height="100%" /></div>;
  return (
    <Card title={t('graph:ego.title')} aside={open} className="no-print">
      {idle ? <Suspense fallback={coming}><EgoGraph key={id} id={id} /></Suspense> : coming}
    </Card>
  );
}
