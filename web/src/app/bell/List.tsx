import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconBell, IconChartHistogram, IconDatabaseImport, IconLayoutDashboard, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { EmptyState } from '@/ui/EmptyState';
import { placeOf, type Notice } from './notices';
import { useWording } from './useWording';
import './bell.css';

interface Props {
  nodes: readonly Notice[];
  unread: number;
  /** Marks these as read, or all. */
  read: (ids: string[] | null) => void;
  close: () => void;
}

const SIGNS: Partial<Record<string, Icon>> = {
  analysis_done: IconChartHistogram,
  analysis_failed: IconAlertTriangle,
  import_done: IconDatabaseImport,
  import_undone: IconArrowBackUp,
  page_due: IconLayoutDashboard,
};

export default function List({ nodes, unread, read, close }: Props) {
  const { t } = useTranslation();
  if (!nodes.length) return <EmptyState icon={IconBell} title={t('bell:none')}>{t('bell:says')}</EmptyState>;
  return (
    <>
      <div className="bell-head">
        <h2>{t('bell:title')}</h2>
        <span className="grow" />
        {unread > 0 && <Button size="compact-sm" variant="subtle" onClick={() => read(null)}>{t('bell:all')}</Button>}
      </div>
      <ul className="told" aria-label={t('bell:title')}>
        {nodes.map((each) => (
          <li key={each.id} data-kind={each.kind} data-unread={each.readAt ? undefined : true}>
            <Way notice={each} read={() => !each.readAt && read([each.id])} close={close} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface WayProps {
  notice: Notice;
  read: () => void;
  close: () => void;
}

/** The way to what is told of; what leads nowhere is read where it stands. */
function Way({ notice, read, close }: WayProps) {
  const place = placeOf(notice);
  if (!place) return <button type="button" onClick={read}><Words notice={notice} /></button>;
  return (
    <Link
      {...place}
      onClick={() => {
        read();
        close();
      }}
      onAuxClick={(event) => event.button === 1 && read()}
    >
      <Words notice={notice} />
    </Link>
  );
}

function Words({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Sign = SIGNS[notice.kind] ?? IconBell;
  const { sentence, more } = useWording()(notice);
  return (
    <>
      <Sign size={18} stroke={1.7} aria-hidden="true" />
      <span>
        {sentence ?? <bdi lang="en" dir="ltr">{notice.text}</bdi>}
        {more && <span className="told-more">{more}</span>}
        <small className="num">{format.moment(notice.at)}</small>
      </span>
      {!notice.readAt && <i className="dot"><span className="hidden-words">{t('bell:unread')}</span></i>}
    </>
  );
}
