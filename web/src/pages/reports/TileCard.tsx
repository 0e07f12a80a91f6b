import { ActionIcon, Menu } from '@mantine/core';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconCopy, IconDots, IconFileSpreadsheet, IconGripVertical, IconListDetails, IconPencil, IconTable, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { typeNamed, type Model } from '@/meta/model';
import { asks, type Tile } from './board';
import { fits } from './fields';
import { SizeGrip } from './SizeGrip';
import type { Size } from './sizing';
import { Drawing, type Pointed } from './tiles/Drawing';
import type { Answer } from './useFigures';
import { useTitle } from './useWording';

export interface TileActs {
  edit: (id: string) => void;
  copy: (id: string) => void;
  drop: (id: string) => void;
  sheet: (tile: Tile) => void;
  records: (tile: Tile) => void;
  size: (id: string, size: Size) => void;
  point: (pointed: Pointed) => void;
  again: () => void;
}

interface Props {
  tile: Tile;
  model: Model;
  answer: Answer | undefined;
  editing: boolean;
  /** It is the one whose editor is open. */
  chosen: boolean;
  wall: boolean;
  acts: TileActs;
}

/** A tile on its place: what it is called, what it shows, what can be done with it. */
export function TileCard({ tile, model, answer, editing, chosen, wall, acts }: Props) {
  const { t } = useTranslation();
  const titleOf = useTitle(model);
  const [asTable, setAsTable] = useState(false);
  const sortable = useSortable({ id: tile.id, disabled: !editing });
  const title = titleOf(tile);
  const type = typeNamed(model, tile.source.type);
  const sound = !asks(tile) || fits(tile, model);
  const look = {
    gridColumn: `span ${tile.width}`,
    gridRow: `span ${tile.height}`,
    transform: CSS.Translate.toString(sortable.transform),
    transition: sortable.transition,
    ...(sortable.isDragging ? { zIndex: 5, opacity: 0.85 } : {}),
  };
  return (
    <section ref={sortable.setNodeRef} role="group" className="card tile" data-kind={tile.kind} data-chosen={chosen || undefined} style={look} aria-label={title}>
      {(tile.kind !== 'text' || tile.title || editing) && (
        <header className="card-head">
          {editing && (
            <ActionIcon
              ref={sortable.setActivatorNodeRef} className="grip" variant="subtle" color="gray" size={26}
              {...sortable.attributes} {...sortable.listeners} aria-label={t('reports:move', { title })}
            >
              <IconGripVertical size={16} />
            </ActionIcon>
          )}
          <h2 dir="auto">{title}</h2>
          <span className="grow" />
          {editing && (
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('reports:edit', { title })} onClick={() => acts.edit(tile.id)}>
              <IconPencil size={16} />
            </ActionIcon>
          )}
          {!wall && (editing || asks(tile)) && <TileMenu tile={tile} title={title} editing={editing} asTable={asTable} setAsTable={setAsTable} acts={acts} />}
        </header>
      )}
      {tile.kind === 'text' && <div className="tile-text" dir="auto">{tile.text || (editing && <span className="no-print">{t('reports:textHere')}</span>)}</div>}
      {asks(tile) && !sound && <p className="tile-empty">{t(editing ? 'reports:unfinished' : 'reports:misfit')}</p>}
      {asks(tile) && sound && type && (
        <Drawing tile={tile} model={model} type={type} title={title} answer={answer} asTable={asTable} point={wall || editing ? undefined : acts.point} again={acts.again} />
      )}
      {editing && <SizeGrip tile={tile} title={title} size={(size) => acts.size(tile.id, size)} />}
    </section>
  );
}

interface MenuProps {
  tile: Tile;
  title: string;
  editing: boolean;
  asTable: boolean;
  setAsTable: (asTable: boolean) => void;
  acts: TileActs;
}

const DRAWN = new Set(['bar', 'line', 'area', 'pie', 'funnel', 'sankey']);

function TileMenu({ tile, title, editing, asTable, setAsTable, acts }: MenuProps) {
  const { t } = useTranslation();
  const sign = { size: 16, stroke: 1.7 };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className="no-print" variant="subtle" color="gray" size={28} aria-label={t('reports:more', { title })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {DRAWN.has(tile.kind) && (
          <Menu.Item leftSection={<IconTable {...sign} />} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'reports:asDrawing' : 'reports:asTable')}
          </Menu.Item>
        )}
        {asks(tile) && !editing && (
          <>
            <Menu.Item leftSection={<IconListDetails {...sign} />} onClick={() => acts.records(tile)}>{t('reports:seeAll')}</Menu.Item>
            <Menu.Item leftSection={<IconFileSpreadsheet {...sign} />} onClick={() => acts.sheet(tile)}>{t('reports:excel')}</Menu.Item>
          </>
        )}
        {editing && (
          <>
            <Menu.Item leftSection={<IconCopy {...sign} />} onClick={() => acts.copy(tile.id)}>{t('reports:copy')}</Menu.Item>
            <Menu.Item leftSection={<IconTrash {...sign} />} onClick={() => acts.drop(tile.id)}>{t('reports:drop')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
