import { Button } from '@mantine/core';
import { IconEyeOff, IconPin, IconPinnedOff, IconRoute, IconStack2, IconZoomScan } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isGroup, membersOf } from '@/graph/groups';
import { likelyKey } from '@/graph/likely';
import { linksByRecord, type Scene, type SceneLink } from '@/graph/scene';
import type { Scores } from '@/graph/scores';
import type { Shown } from '@/graph/showing';
import { useFormat } from '@/lib/useSettings';
import { Clear } from './Clear';
import { GroupInspector } from './GroupInspector';
import { LikelyInspector } from './LikelyInspector';
import { LikelyAct, LikelyList } from './LikelyList';
import { LinkInspector } from './LinkInspector';
import { Neighbours } from './Neighbours';
import { RecordInspector } from './RecordInspector';
import type { Explorer } from './useExplorer';
import type { Way } from '@/graph/asking';
import { WayList } from './WayList';

export interface Selection {
  picked: string | null;
  chosen: ReadonlySet<string>;
  links: readonly string[];
}

interface Props {
  explorer: Explorer;
  scene: Scene;
  shown: Shown;
  scores: Scores;
  selection: Selection;
  ways: readonly Way[];
  pinned: ReadonlySet<string>;
  onPin: (ids: readonly string[]) => void;
  onPick: (id: string, more: boolean) => void;
  /** Nothing is chosen any more, and the panel tells of everything again. */
  onClear: () => void;
  onChoose: (ids: readonly string[]) => void;
  onPickLinks: (links: readonly string[], edge: string) => void;
  pending: boolean;
}

/** What is picked, told in words: the drawing for everybody who does not point. */
export function Inspector(props: Props) {
  const { explorer, scene, shown, selection, scores, ways, onPick, onClear } = props;
  const { t } = useTranslation();
  const record = selection.picked ? scene.records.get(selection.picked) : undefined;
  const links = selection.links.flatMap((key) => scene.links.get(key) ?? []);
  const visible = useMemo(() => [...shown.links].flatMap((key) => scene.links.get(key) ?? []), [scene, shown]);
  if (selection.chosen.size > 1) return <Several {...props} />;
  const guess = selection.links.flatMap((key) => (shown.likely?.has(key) ? scene.likely?.get(key) ?? [] : []))[0];
  if (guess) return <LikelyInspector key={selection.links.join()} link={guess} scene={scene} explorer={explorer} onPick={onPick} />;
  if (links.length) return <LinkInspector links={links} scene={scene} onPick={onPick} onClear={onClear} />;
  if (record && shown.records.has(record.id)) {
    return (
      <div className="graph-panel-body" key={record.id}>
        {record.members ? <GroupInspector record={record} scene={scene} explorer={explorer} onClear={onClear} /> : <RecordInspector record={record} scored={scores.get(record.id)} explorer={explorer} onClear={onClear} />}
        <Acts {...props} ids={[record.id]} />
        <LikelyList
          id={record.id}
          scene={scene}
          shown={shown}
          explorer={explorer}
          pending={props.pending}
          onPickLink={(link) => props.onPickLinks([likelyKey(link)], `${link.source} ${link.target}`)}
        />
        <Neighbours id={record.id} scene={scene} links={visible} onPick={onPick} />
      </div>
    );
  }
  if (ways.length) return <WayList ways={ways} onPick={onPick} onClose={() => explorer.change({ ways: undefined })} />;
  return <Everyone title={t('explorer:selected.title')} hint={t('explorer:selected.none')} scene={scene} shown={shown} links={visible} onPick={onPick} />;
}

function Acts({ ids, explorer, pinned, onPin, onChoose }: Props & { ids: readonly string[] }) {
  const { t } = useTranslation();
  const [only] = ids.length === 1 ? ids.filter((id) => !isGroup(id)) : [];
  const held = ids.every((id) => pinned.has(id));
  const look = { size: 'compact-md', variant: 'default' } as const;
  return (
    <div className="graph-acts">
      <Button {...look} leftSection={<IconZoomScan size={15} />} onClick={() => explorer.change({ from: membersOf(ids, explorer.search.group ?? []), grow: undefined, ways: undefined, likely: undefined, hide: undefined, hops: undefined })}>
        {t('explorer:act.only')}
      </Button>
      <Button {...look} leftSection={held ? <IconPinnedOff size={15} /> : <IconPin size={15} />} aria-pressed={held} onClick={() => onPin(ids)}>
        {held ? t('explorer:act.unpin') : t('explorer:act.pin')}
      </Button>
      <Button {...look} leftSection={<IconEyeOff size={15} />} onClick={() => explorer.hide(ids)}>
        {t('explorer:act.hide')}
      </Button>
      {only !== undefined && <LikelyAct id={only} explorer={explorer} />}
      {ids.length > 1 && (
        <Button {...look} leftSection={<IconStack2 size={15} />} onClick={() => { onChoose([]); explorer.gather(ids); }}>
          {t('explorer:act.group')}
        </Button>
      )}
    </div>
  );
}

function Several(props: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { selection, scene, explorer, onClear } = props;
  const ids = [...selection.chosen];
  const [a, b] = ids;
  return (
    <div className="graph-panel-body">
      <header className="graph-picked">
        <h2 className="grow">{t('explorer:chosen', { count: ids.length, number: format.number(ids.length) })}</h2>
        <Clear onClear={onClear} />
      </header>
      {ids.length === 2 && a && b && !ids.some(isGroup) && (
        <Button fullWidth size="sm" leftSection={<IconRoute size={16} />} onClick={() => explorer.waysBetween(a, b)}>
          {t('explorer:act.ways')}
        </Button>
      )}
      <Acts {...props} ids={ids} />
      <section aria-label={t('explorer:selected.title')}>
        {ids.slice(0, 60).flatMap((id) => scene.records.get(id) ?? []).map((record) => (
          <Neighbours.Row key={record.id} record={record} onPick={props.onPick} />
        ))}
      </section>
    </div>
  );
}

interface EveryoneProps {
  title: string;
  hint: string;
  scene: Scene;
  shown: Shown;
  links: readonly SceneLink[];
  onPick: Props['onPick'];
}

const MOST_LISTED = 80;

/** Nothing is picked: everything that is drawn, those with most links first. */
function Everyone({ title, hint, scene, shown, links, onPick }: EveryoneProps) {
  const listed = useMemo(() => {
    const own = linksByRecord(links);
    const most = [...shown.records].sort((a, b) => (own.get(b)?.length ?? 0) - (own.get(a)?.length ?? 0)).slice(0, MOST_LISTED);
    return most.flatMap((id) => scene.records.get(id) ?? []).map((record) => ({ record, count: own.get(record.id)?.length ?? 0 }));
  }, [scene, shown, links]);
  return (
    <div className="graph-panel-body">
      <section aria-label={title}>
        <h2>{title}</h2>
        <p className="muted">{hint}</p>
        {listed.map(({ record, count }) => <Neighbours.Row key={record.id} record={record} count={count} onPick={onPick} />)}
      </section>
    </div>
  );
}
