import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconLink, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { dropPage, restorePage } from '@/api/savedPages';
import type { GraphHandle } from '@/graph/GraphView';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useCopy } from '@/ui/useCopy';
import { bodyFrom, bodyOf, saveScene, SCENES, type SavedScene } from './scenes';
import { useExplorer } from './useExplorer';

interface Props {
  handle: RefObject<GraphHandle | null>;
  pinned: ReadonlySet<string>;
  /** As a list on the page instead of behind a button. */
  wide?: boolean;
}

const useScenes = () =>
  useQuery({
    queryKey: keys.scenes,
    queryFn: async ({ signal }) => (await gql<{ savedPages: SavedScene[] }>(SCENES, {}, signal)).savedPages,
  });

/** The scenes that were kept, one's own and shared ones, and the way to keep this one. */
export function Scenes({ handle, pinned, wide = false }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const scenes = useScenes();
  if (wide) {
    if (!scenes.data?.length) return null;
    return (
      <section className="graph-scenes" aria-label={t('explorer:scene.title')}>
        <h3>{t('explorer:scene.title')}</h3>
        <List scenes={scenes.data} />
      </section>
    );
  }
  return (
    <Popover withRoles={false} opened={open} onChange={setOpen} position="bottom-end" width={300} withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={34} className="graph-tool" aria-label={t('explorer:scene.title')} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconBookmark size={17} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('explorer:scene.title')}>
        <Keep handle={handle} pinned={pinned} done={() => setOpen(false)} />
        <List scenes={scenes.data ?? []} />
        <CopyLink />
      </Popover.Dropdown>
    </Popover>
  );
}

function Keep({ handle, pinned, done }: Props & { done: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const client = useQueryClient();
  const { search, change } = useExplorer();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);

  async function keep(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { scene: _, ...kept } = search;
    try {
      const body = bodyOf({ search: kept, places: handle.current?.places() ?? new Map(), pinned: [...pinned] });
      const saved = await saveScene({ name: name.trim(), body, shared });
      client.setQueryData(keys.scene(saved.id), saved);
      void client.invalidateQueries({ queryKey: keys.scenes });
      change({ scene: saved.id }, true);
      tell(t('explorer:scene.saved'));
      done();
    } catch (error) {
      tell(words(asFailure(error)));
    }
  }
  return (
    <form className="graph-keep" onSubmit={(event) => void keep(event)}>
      <TextInput size="sm" label={t('explorer:scene.name')} value={name} maxLength={80} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
      <Checkbox size="sm" label={t('explorer:scene.shared')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
      <Button type="submit" size="sm" disabled={!name.trim()}>
        {t('explorer:scene.save')}
      </Button>
    </form>
  );
}

function List({ scenes }: { scenes: readonly SavedScene[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useWords();
  const { change, search } = useExplorer();
  const again = (): void => void client.invalidateQueries({ queryKey: keys.scenes });

  async function drop(scene: SavedScene): Promise<void> {
    const refused = (error: unknown): void => tell(words(asFailure(error)));
    try {
      await dropPage(scene.id);
      again();
      tell(t('explorer:scene.dropped'), { label: t('app:undo'), run: () => void restorePage(scene.id).then(again, refused) });
    } catch (error) {
      refused(error);
    }
  }
  return (
    <ul className="graph-kept">
      {scenes.map((scene) => (
        <li key={scene.id}>
          <button
            type="button"
            className="graph-row"
            aria-current={search.scene === scene.id || undefined}
            onClick={() => change({ ...Object.fromEntries(Object.keys(search).map((key) => [key, undefined])), ...bodyFrom(scene.body).search, scene: scene.id })}
          >
            <IconBookmark size={15} aria-hidden="true" />
            <span className="cut grow" dir="auto">{scene.name}</span>
            {!scene.mine && <small className="cut"><bdi>{scene.owner}</bdi></small>}
          </button>
          {scene.mayChange && (
            <ActionIcon variant="subtle" color="gray" className="graph-tool" aria-label={t('explorer:scene.drop', { name: scene.name })} onClick={() => void drop(scene)}>
              <IconTrash size={15} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
}

function CopyLink() {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <Button fullWidth variant="default" size="sm" leftSection={<IconLink size={15} />} onClick={() => copy(location.href, t('explorer:scene.copied'))}>
      {t('explorer:scene.copy')}
    </Button>
  );
}
