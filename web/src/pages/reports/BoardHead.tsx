import { ActionIcon, Button, Checkbox, Menu, TextInput } from '@mantine/core';
import { IconCalendarRepeat, IconChevronDown, IconDots, IconFileSpreadsheet, IconLink, IconMaximize, IconPencil, IconPlus, IconPrinter, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Fault } from '@/ui/Fault';
import { useCopy } from '@/ui/useCopy';
import type { BoardSearch } from './asked';
import { TILE_KINDS, type TileKind } from './board';
import { KIND_SIGNS } from './kinds';
import type { Draft } from './saved';
import type { Opened } from './useBoard';
import { useDropBoard, useSaveBoard } from './useSaveBoard';

interface Props {
  opened: Opened;
  draft: Draft;
  editing: boolean;
  setDraft: (draft: Draft) => void;
  change: (part: BoardSearch) => void;
  add: (kind: TileKind) => void;
  excel: () => void;
}

/** What the dashboard is called, and what can be done with it; while building, its name and new tiles. */
export function BoardHead(props: Props) {
  return props.editing ? <Building {...props} /> : <Reading {...props} />;
}

function Reading({ opened, change, excel }: Props) {
  const { t } = useTranslation();
  const { name, description, shared, board } = opened.draft;
  return (
    <header className="page-head board-head">
      <div className="report-name">
        <nav aria-label={t('reports:title')}><Link to="/reports" className="plain-link muted">{t('reports:title')}</Link></nav>
        <h1 dir="auto">{name || t('reports:unnamed')}</h1>
        {description && <p className="muted" dir="auto">{description}</p>}
      </div>
      <span className="grow" />
      {shared && opened.owner && <span className="muted board-owner">{t('reports:by_', { name: opened.owner })}</span>}
      <Button className="no-print" size="compact-md" variant="default" leftSection={<IconPencil size={16} />} onClick={() => change({ edit: true, at: undefined })}>
        {t(opened.mayChange ? 'reports:build' : 'reports:asMine')}
      </Button>
      {board.tiles.length > 0 && (
        <Button className="no-print board-wide" size="compact-md" variant="default" leftSection={<IconMaximize size={16} />} onClick={() => change({ wall: true, at: undefined })}>
          {t('reports:wall')}
        </Button>
      )}
      <MoreMenu opened={opened} excel={excel} change={change} />
    </header>
  );
}

function MoreMenu({ opened, excel, change }: Pick<Props, 'opened' | 'excel' | 'change'>) {
  const { t } = useTranslation();
  const go = useNavigate();
  const drop = useDropBoard();
  const sign = { size: 16, stroke: 1.7 };
  const copy = useCopy();
  const share = (): void => copy(window.location.href, t(opened.draft.shared || !opened.id ? 'reports:linked' : 'reports:linkedOwn'));
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className="no-print" variant="default" size={30} aria-label={t('reports:moreOfBoard')}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink {...sign} />} onClick={share}>{t('reports:link')}</Menu.Item>
        <Menu.Item leftSection={<IconFileSpreadsheet {...sign} />} onClick={excel}>{t('reports:excelAll')}</Menu.Item>
        {opened.id && opened.draft.board.tiles.length > 0 && (
          <Menu.Item leftSection={<IconCalendarRepeat {...sign} />} onClick={() => change({ bring: true })}>{t('reports:delivery.bring')}</Menu.Item>
        )}
        <Menu.Item leftSection={<IconPrinter {...sign} />} onClick={() => window.print()}>{t('reports:print')}</Menu.Item>
        {opened.id && opened.mayChange && (
          <Menu.Item leftSection={<IconTrash {...sign} />} onClick={() => void drop(opened.id!).then(() => go({ to: '/reports' }))}>
            {t('reports:dropBoard')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Building({ opened, draft, setDraft, change, add }: Props) {
  const { t } = useTranslation();
  const go = useNavigate();
  const over = opened.id && opened.mayChange ? { id: opened.id, version: opened.version ?? 0 } : undefined;
  const saving = useSaveBoard();
  const keep = (as: typeof over) =>
    saving.mutate({ draft, over: as }, { onSuccess: (kept) => void go({ to: '/reports/$id', params: { id: kept.id }, search: {}, replace: true }) });
  const conflict = saving.isError && (saving.error as { code?: string }).code === 'version_conflict';
  return (
    <>
      <header className="page-head board-head">
        <h1 className="hidden-words">{draft.name || t('reports:unnamed')}</h1>
        <TextInput
          className="report-name" size="sm" aria-label={t('reports:name')} placeholder={t('reports:name')} maxLength={100} value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          className="board-says" size="sm" aria-label={t('reports:description')} placeholder={t('reports:description')} maxLength={300} value={draft.description}
          onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
        />
        <Checkbox size="xs" label={t('reports:shared')} checked={draft.shared} onChange={(event) => setDraft({ ...draft, shared: event.currentTarget.checked })} />
        <span className="grow" />
        <AddMenu add={add} />
        <Button size="compact-md" variant="default" onClick={() => (opened.id || opened.draft.board.tiles.length ? change({ edit: undefined, tile: undefined }) : void go({ to: '/reports' }))}>
          {t('app:cancel')}
        </Button>
        <Button size="compact-md" disabled={!draft.name.trim()} loading={saving.isPending} onClick={() => keep(over)}>
          {t('app:save')}
        </Button>
      </header>
      {saving.isError && (
        <div className="board-fault">
          <Fault error={saving.error} />
          {conflict && <Button size="compact-sm" variant="default" onClick={() => keep(undefined)}>{t('reports:asNew')}</Button>}
        </div>
      )}
    </>
  );
}

function AddMenu({ add }: { add: (kind: TileKind) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal width={230}>
      <Menu.Target>
        <Button size="compact-md" variant="light" leftSection={<IconPlus size={16} />} rightSection={<IconChevronDown size={14} />}>
          {t('reports:add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {TILE_KINDS.map((kind) => {
          const Sign = KIND_SIGNS[kind];
          return (
            <Menu.Item key={kind} leftSection={<Sign size={17} stroke={1.6} />} onClick={() => add(kind)}>
              {t(`reports:kind.${kind}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
