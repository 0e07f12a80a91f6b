import { Button } from '@mantine/core';
import { IconCalendarRepeat, IconLayoutDashboard, IconPlus, IconSparkles, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import { useModel } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import type { Board } from './board';
import { KIND_SIGNS } from './kinds';
import type { Delivery } from './delivery/delivery';
import { useDeliveries } from './delivery/useDeliveries';
import { useRhythm } from './delivery/useRhythm';
import { boards, type SavedBoard } from './saved';
import { started, STARTERS } from './starters';
import { starterName } from './useBoard';
import './reports.css';

/** All dashboards that the reader may see, and those that are made from the model. */
export default function Reports() {
  const { t } = useTranslation();
  const coming = useDeliveries().data;
  const found = useQuery({ queryKey: keys.boards, queryFn: ({ signal }) => boards(signal) });
  return (
    <div className="boards">
      <header className="page-head">
        <h1>{t('reports:title')}</h1>
        <span className="grow" />
        <Button
          size="compact-md" leftSection={<IconPlus size={16} />}
          renderRoot={(props) => <Link to="/reports/$id" params={{ id: 'new' }} search={{ edit: true }} {...props} />}
        >
          {t('reports:new')}
        </Button>
      </header>
      {found.isError && <div className="list-fault"><Fault error={found.error} again={() => void found.refetch()} /></div>}
      {found.isPending && <ul className="report-cards">{[1, 2, 3].map((place) => <li key={place}><Bone height={168} /></li>)}</ul>}
      {found.data?.length === 0 && <EmptyState icon={IconLayoutDashboard} title={t('reports:none_.title')}>{t('reports:none_.says')}</EmptyState>}
      {found.data && found.data.length > 0 && <ul className="report-cards">{found.data.map((each) => <li key={each.id}><Kept board={each} comes={coming?.find(({ page }) => page === each.id)} /></li>)}</ul>}
      <Starters />
    </div>
  );
}

function Kept({ board, comes }: { board: SavedBoard; comes: Delivery | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const says = useRhythm();
  return (
    <Link to="/reports/$id" params={{ id: board.id }} className="report-card">
      <Sketch board={board.board} />
      <span className="report-card-name">
        <b className="cut" dir="auto">{board.name}</b>
        {comes && <IconCalendarRepeat size={15} role="img" aria-label={says(comes)}><title>{says(comes)}</title></IconCalendarRepeat>}
        {board.shared && <IconUsers size={15} role="img" aria-label={t('reports:sharedNow')} />}
      </span>
      <small dir="auto">{board.description || t('reports:changed', { when: format.ago(board.updatedAt), name: board.updatedBy })}</small>
    </Link>
  );
}

function Starters() {
  const { t } = useTranslation();
  const { language } = useSettings();
  const model = useModel().data;
  const counts = useCounts().data;
  if (!model || !counts) return null;
  const made = STARTERS.flatMap((name) => {
    const one = started(name, model, counts);
    return one ? [{ name, ...one }] : [];
  });
  if (!made.length) return null;
  return (
    <section aria-labelledby="starters">
      <h2 id="starters" className="boards-part"><IconSparkles size={16} aria-hidden="true" />{t('reports:readyMade')}</h2>
      <ul className="report-cards">
        {made.map(({ name, type, board }) => (
          <li key={name}>
            <Link to="/reports/$id" params={{ id: name }} className="report-card">
              <Sketch board={board} />
              <span className="report-card-name"><b className="cut">{starterName(name, type, language, t)}</b></span>
              <small>{t(`reports:starterSays.${name}`)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOST = 9;

/** Where the tiles of a dashboard stand, and of what kinds they are. */
function Sketch({ board }: { board: Board }) {
  return (
    <span className="sketch" aria-hidden="true">
      {board.tiles.slice(0, MOST).map((tile) => {
        const Sign = KIND_SIGNS[tile.kind];
        return (
          <i key={tile.id} style={{ gridColumn: `span ${tile.width}`, gridRow: `span ${tile.height}` }}>
            <Sign size={tile.height > 1 ? 18 : 13} stroke={1.5} />
          </i>
        );
      })}
    </span>
  );
}
