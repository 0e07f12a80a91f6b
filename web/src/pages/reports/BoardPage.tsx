import { fromAbsolute, toCalendarDate } from '@internationalized/date';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconLayoutDashboard } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Missing } from '@/app/Pages';
import { todayIn } from '@/lib/calendar';
import { calendarOf, zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { useModel, type Model } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { freshSource, freshTile, moved, SPANS, type SpanName, type Tile } from './board';
import { BoardFilter } from './BoardFilter';
import { BoardHead } from './BoardHead';
import { addable } from './addable';
import type { BoardSearch } from './asked';
import type { Around } from './compose';
import { PickMenu, pickedWords } from './PickMenu';
import type { Draft } from './saved';
import type { Pointed } from './tiles/Drawing';
import type { TileActs } from './TileCard';
import { Tiles } from './Tiles';
import { useBoard, type Opened } from './useBoard';
import { useDrill } from './useDrill';
import { useExcel } from './useExcel';
import { useFigures } from './useFigures';
import { Wall } from './Wall';
import './reports.css';

const Delivered = lazy(() => import('./delivery/Delivered'));
const Editor = lazy(async () => ({ default: (await import('./Editor')).Editor }));
const Then = lazy(async () => ({ default: (await import('./delivery/Then')).Then }));

/** The dashboard of the address: read, built, shown on a wall. */
export default function BoardPage() {
  const { id } = useParams({ from: '/reports/$id' });
  const model = useModel();
  const { opened, error, again } = useBoard(id);
  if (error || model.isError) return <div className="board-fault"><Fault error={error ?? model.error} again={again} /></div>;
  if (opened === null) return <Missing />;
  if (opened === undefined || !model.data) return <Waiting />;
  return <Shown key={id} opened={opened} model={model.data} />;
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="dashboard">
      <header className="page-head"><h1 className="hidden-words">{t('reports:title')}</h1><Bone width={220} height={24} /></header>
      <div className="tiles">
        {[3, 3, 3, 3, 8, 4].map((width, place) => (
          <div key={place} className="card tile" style={{ gridColumn: `span ${width}`, gridRow: `span ${width > 3 ? 2 : 1}` }}>
            <div className="tile-waits"><Bone height="100%" /></div>
          </div>
        ))}
      </div>
    </div>
  );
}

function Shown({ opened, model }: { opened: Opened; model: Model }) {
  const search = useSearch({ from: '/reports/$id' });
  const go = useNavigate({ from: '/reports/$id' });
  const [draft, setDraft] = useState<Draft>(opened.draft);
  // building goes on from the version it began with, whatever others save meanwhile
  const [begun, setBegun] = useState(opened);
  const change = (part: BoardSearch, replace = true) => {
    if ('edit' in part) {
      setDraft(opened.draft);
      setBegun(opened);
    }
    void go({ search: (before) => ({ ...before, ...part }), replace });
  };
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const editing = Boolean(search.edit);
  const shown = editing ? draft : opened.draft;
  const tiles = shown.board.tiles;
  const around = useAround(model, search);
  const figures = useFigures(tiles, around);
  const { answers } = figures;
  const drill = useDrill(around);
  const excel = useExcel(model, answers);

  const setTiles = (made: (tiles: Tile[]) => Tile[]) => setDraft((before) => ({ ...before, board: { tiles: made(before.board.tiles) } }));
  const alter = (id: string, part: Partial<Tile>) => setTiles((before) => before.map((tile) => (tile.id === id ? { ...tile, ...part } : tile)));
  const put = (tile: Tile) => {
    setTiles((before) => [...before, tile]);
    change({ tile: tile.id });
  };
  const acts: TileActs = {
    edit: (tile) => change({ tile }),
    copy: (id) => {
      const found = tiles.find((tile) => tile.id === id);
      if (found) put({ ...found, id: freshTile(found.kind, found.source).id });
    },
    drop: (id) => setTiles((before) => before.filter((tile) => tile.id !== id)),
    sheet: (tile) => void excel([tile], shown.name),
    records: (tile) => void drill(tile),
    size: alter,
    point: setPointed,
    again: figures.again,
  };
  const chosen = editing ? draft.board.tiles.find((tile) => tile.id === search.tile) : undefined;
  const grid = (some: readonly Tile[], wall: boolean) => (
    <Tiles
      tiles={some} model={model} answers={answers} editing={editing} chosen={chosen?.id} wall={wall} acts={acts}
      move={(from, to) => setTiles((before) => moved(before, from, to))}
    />
  );
  if (search.wall && tiles.length) return <Wall name={shown.name} tiles={tiles} leave={() => change({ wall: undefined })}>{(some) => grid(some, true)}</Wall>;

  const fit = pointed?.figures.fits(pointed.row, pointed.column);
  return (
    <div className="dashboard" data-editing={editing || undefined}>
      <BoardHead
        opened={editing ? begun : opened} draft={draft} editing={editing} setDraft={setDraft} change={change}
        excel={() => void excel(tiles, shown.name)}
        add={(kind) => put(freshTile(kind, addable(kind, model, draft.board.tiles.at(-1)?.source ?? freshSource(model.types[0]?.name ?? ''))))}
      />
      {tiles.length > 0 && !editing && (
        <BoardFilter
          span={around.span} cross={around.cross}
          choose={(span) => change({ span: span === 'ALL' ? undefined : span })}
          drop={(place) => change({ cross: around.cross.filter((_, at) => at !== place) })}
        >
          {opened.id && (
            <Suspense>
              <Delivered page={opened.id} name={shown.name} asked={Boolean(search.bring)} ask={(open) => change({ bring: open || undefined })} />
            </Suspense>
          )}
        </BoardFilter>
      )}
      {around.at && <Suspense><Then at={around.at} now={() => change({ at: undefined }, false)} /></Suspense>}
      {figures.error && <div className="board-fault"><Fault error={figures.error} again={figures.again} /></div>}
      {tiles.length ? grid(tiles, false) : <Nothing editing={editing} begin={() => change({ edit: true })} mayChange={opened.mayChange} />}
      {pointed && (
        <PickMenu
          pointed={pointed} close={() => setPointed(null)}
          records={() => void drill(pointed.tile, fit)}
          narrow={() => fit && change({ cross: [...around.cross, { type: pointed.tile.source.type, where: fit, words: pickedWords(pointed) }] }, false)}
        />
      )}
      {chosen && (
        <Suspense>
          <Editor
            tile={chosen} model={model} close={() => change({ tile: undefined })}
            change={(part) => alter(chosen.id, part)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** What besides the tiles decides their figures: the reader's calendar, the period, what was pointed at. */
function useAround(model: Model, search: BoardSearch): Around {
  const settings = useSettings();
  const zone = zoneOf(settings);
  const at = search.at ?? null;
  const today = (at ? toCalendarDate(fromAbsolute(Date.parse(at), zone)) : todayIn('gregory', zone)).toString();
  return useMemo(() => {
    const span: SpanName = SPANS.find((each) => each === search.span) ?? 'ALL';
    return { model, calendar: calendarOf(settings), zone, today, span, cross: search.cross ?? [], at };
  }, [model, settings, zone, today, search.span, search.cross, at]);
}

function Nothing({ editing, begin, mayChange }: { editing: boolean; begin: () => void; mayChange: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={IconLayoutDashboard} title={t('reports:empty.title')}
      action={!editing && mayChange ? <button type="button" className="text-button" onClick={begin}>{t('reports:build')}</button> : undefined}
    >
      {t('reports:empty.says')}
    </EmptyState>
  );
}
