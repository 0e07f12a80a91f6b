import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconClockHour4, IconInfoCircle, IconLasso, IconPointer, IconSquareDashed } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphHandle } from '@/graph/GraphView';
import { SCORED } from '@/graph/choices';
import { isGroup } from '@/graph/groups';
import { Tool as ToolButton, StageTools } from '@/graph/StageTools';
import { spanOf } from '@/graph/showing';
import type { ValueFilter } from '@/graph/valueFilters';
import { useDayOf, useGround } from '@/graph/style';
import { useCounted } from '@/graph/useCounted';
import type { Force } from '@/graph/useForce';
import { useKey } from '@/lib/useKey';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { ExportMenu } from './ExportMenu';
import { FilterPanel } from './FilterPanel';
import { Finder } from './Finder';
import { Inspector } from './Inspector';
import { Lasso, type Tool } from './Lasso';
import { Panel } from './Panel';
import { Scenes } from './Scenes';
import { Start } from './Start';
import { TimeBar } from './TimeBar';
import { useExplorer } from './useExplorer';
import { useGroups } from './useGroups';
import { useKept, useScene, useScores } from './useScene';
import { useSelection } from './useSelection';
import { useShown } from './useShown';
import { Chips } from './values/Chips';
import { useValues } from './values/useValues';
import './explorer.css';

// fetched beside this page, not after it; that it could not be is told where it is drawn
const stage = import('@/graph/GraphStage');
stage.catch(() => undefined);
const GraphStage = lazy(async () => ({ default: (await stage).GraphStage }));

const NO_FILTERS: readonly ValueFilter[] = [];

/** The graph of records, begun anywhere, grown link by link. */
export default function Explorer() {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = useCounted();
  const explorer = useExplorer();
  const { search, change } = explorer;
  const { scene, ways, pending, error, again, leftOut } = useScene(search);
  const scores = useScores(scene, [search.size, search.color].some((each) => each && SCORED.has(each)));
  const kept = useKept(search.scene);
  const ground = useGround();
  const dayOf = useDayOf();
  const handle = useRef<GraphHandle>(null);
  const inspector = useRef<HTMLElement>(null);
  const [force, setForce] = useState<Force | null>(null);
  const [tool, setTool] = useState<Tool>('move');
  const [panel, setPanel] = useState<'filters' | 'inspector' | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const moment = day ?? search.day ?? null;
  const filled = useValues(scene, search.value ?? NO_FILTERS);
  const { shown, capped } = useShown(filled, search, moment, dayOf);
  const drawn = useGroups(scene, shown, search);
  const { selection, marks, pinned, pick, pickLinks, choose, pin } = useSelection(explorer, ways, kept, drawn.groupOf);
  const clear = (): void => pick(null, false);
  // what is pressed in the panel gives way to what it leads to
  const stay = (): void => inspector.current?.focus({ preventScroll: true });
  useKey('explorer.clear', selection.picked !== null || selection.chosen.size || selection.links.length ? clear : null);
  const span = useMemo(() => spanOf(scene, dayOf), [scene, dayOf]);
  const first = search.from?.[0] ?? '';
  const style = { ...ground, size: search.size ?? 'degree', color: search.color ?? 'type', scores } as const;
  const rest = useCallback((to: string) => {
    change({ day: to }, true);
    setDay(null);
  }, [change]);

  if (!search.from?.length && !search.whole) {
    return (
      <div className="explorer" data-empty>
        <h1 className="hidden-words">{t('explorer:title')}</h1>
        <div className="graph-opener">
          <Start onChoose={(id) => explorer.add([id])} onWhole={(whole) => change({ whole })} />
          <Scenes handle={handle} pinned={pinned} wide />
        </div>
      </div>
    );
  }
  const count = counted(shown);
  return (
    <div className="explorer">
      <h1 className="hidden-words">{t('explorer:title')}</h1>
      <Panel side="start" name={t('explorer:filters')} open={panel === 'filters'} onClose={() => setPanel(null)}>
        {scene.records.size > 0 ? <FilterPanel explorer={explorer} scene={filled} shown={shown} /> : <Coming pending={pending} />}
      </Panel>
      <div className="graph-stage">
        {kept !== undefined && <Suspense fallback={<Bone height="100%" />}><GraphStage
          key={search.scene ?? ''}
          {...(kept && { places: kept.places })}
          scene={drawn.scene}
          shown={drawn.shown}
          size={style.size}
          color={style.color}
          layout={search.layout ?? 'force'}
          middle={selection.picked ?? drawn.groupOf.get(first) ?? first}
          scores={scores}
          marks={marks}
          pinned={pinned}
          label={t('explorer:drawing', { count })}
          handle={handle}
          onPick={pick}
          onPickLink={pickLinks}
          onOpen={(id) => (isGroup(id) ? explorer.part(id) : explorer.grow(id))}
          onPinned={(id) => pin([id], true)}
          onForce={setForce}
        /></Suspense>}
        {tool !== 'move' && <Lasso tool={tool} onLine={(line, more) => choose([...(more ? selection.chosen : []), ...(handle.current?.within(line) ?? [])])} />}
        <div className="graph-top">
          <Finder label={t('explorer:find.add')} onChoose={(id) => explorer.add([id])} />
          <Scenes handle={handle} pinned={pinned} />
          <ExportMenu scene={scene} shown={shown} drawn={drawn} style={style} handle={handle} search={search} />
        </div>
        <Chips filters={search.value ?? NO_FILTERS} onChange={(value) => change({ value })} />
        {error && <div className="graph-fault"><Fault error={error} again={again} /></div>}
        {moment && span && <TimeBar span={span} day={moment} onDay={setDay} onRest={rest} onClose={() => { setDay(null); change({ day: undefined }); }} />}
        <div className="graph-float graph-tools" role="toolbar" aria-label={t('explorer:tools')}>
          <StageTools handle={handle} force={(search.layout ?? 'force') === 'force' ? force : null} />
          <i className="graph-rule" />
          <ToolButton icon={IconPointer} label={t('explorer:tool.move')} pressed={tool === 'move'} onClick={() => setTool('move')} />
          <ToolButton icon={IconLasso} label={t('explorer:tool.lasso')} pressed={tool === 'lasso'} onClick={() => setTool('lasso')} />
          <ToolButton icon={IconSquareDashed} label={t('explorer:tool.box')} pressed={tool === 'box'} onClick={() => setTool('box')} />
          <i className="graph-rule" />
          <ToolButton icon={IconClockHour4} label={t('explorer:time.title')} pressed={moment !== null} disabled={!span} onClick={() => (moment ? change({ day: undefined }) : change({ day: span?.[1] }))} />
        </div>
        <p className="graph-count num" role="status">
          {pending ? t('explorer:coming') : count}
          {!pending && leftOut > 0 && <small>{t(search.whole ? 'explorer:leftOutOfAll' : 'explorer:leftOut', { count: leftOut, number: format.number(leftOut) })}</small>}
          {Boolean(shown.likely?.size) && <small>{t('explorer:likely.count', { count: shown.likely?.size ?? 0, number: format.number(shown.likely?.size ?? 0) })}</small>}
          {capped && <small>{t('explorer:capped', { number: format.number(capped) })}</small>}
        </p>
        <div className="graph-phone">
          <ActionIcon variant="default" size={40} aria-label={t('explorer:filters')} aria-expanded={panel === 'filters'} onClick={() => setPanel('filters')}>
            <IconAdjustmentsHorizontal size={19} />
          </ActionIcon>
          <ActionIcon variant="default" size={40} aria-label={t('explorer:selected.title')} aria-expanded={panel === 'inspector'} onClick={() => setPanel('inspector')}>
            <IconInfoCircle size={19} />
          </ActionIcon>
        </div>
      </div>
      <Panel side="end" name={t('explorer:selected.title')} held={inspector} open={panel === 'inspector'} onClose={() => setPanel(null)}>
        {scene.records.size > 0 ? <Inspector
          explorer={explorer}
          scene={drawn.scene}
          shown={drawn.shown}
          scores={scores}
          selection={selection}
          ways={ways}
          pinned={pinned}
          onPin={pin}
          onPick={(id, more) => { pick(id, more); stay(); }}
          onClear={() => { clear(); stay(); }}
          onChoose={choose}
          onPickLinks={pickLinks}
          pending={pending}
        /> : <Coming pending={pending} />}
      </Panel>
    </div>
  );
}

/** What a column will hold, while the first answer is on its way. */
function Coming({ pending }: { pending: boolean }) {
  if (!pending) return null;
  return (
    <div className="graph-panel-body">
      {Array.from({ length: 9 }, (_, place) => <Bone key={place} height={20} />)}
    </div>
  );
}
