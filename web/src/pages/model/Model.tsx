import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowsLeftRight, IconHierarchy3, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '@/lib/useKey';
import { useNarrow } from '@/lib/useNarrow';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { useDesign, type Design } from './design';
import type { ModelSearch } from './asked';
import { DesignerContext, relationOf, typeOf, useDesigner, type Designer, type Going } from './designer';
import { DraftBar } from './DraftBar';
import { designed } from './designed';
import { emptyDraft } from './draft';
import { Graph } from './Graph';
import { ModelList } from './ModelList';
import { MovedOn } from './MovedOn';
import { NewRelation } from './NewRelation';
import { NewType } from './NewType';
import { PlanDialog } from './PlanDialog';
import { rebased, withBase } from './rebase';
import { RelationPanel } from './RelationPanel';
import { back, change, forth, useDraft } from './store';
import { TypePanel } from './TypePanel';
import { usePlan } from './usePlan';
import { Versions } from './Versions';
import './model.css';

/** The model: types and relations as a picture or a list, edited in a draft, planned before it is applied. */
export default function Model() {
  const { t } = useTranslation();
  const design = useDesign();
  if (design.isError) return <Fault error={design.error} again={() => void design.refetch()} />;
  if (!design.data) {
    return (
      <div className="model">
        <header className="page-head"><h1>{t('model:title')}</h1></header>
        <div className="model-waits"><Bone height={220} /><Bone height={120} width="60%" /></div>
      </div>
    );
  }
  return <OfDesign design={design.data} />;
}

function OfDesign({ design }: { design: Design }) {
  const chosen = useSearch({ from: '/model' });
  const go = useNavigate();
  const begun = useDraft();
  const { draft, clashes } = useMemo(() => (begun && begun.version !== design.version ? rebased(design, begun) : { draft: begun, clashes: [] }), [design, begun]);
  const shown = useMemo(() => designed(design, draft ?? emptyDraft(design.version)), [design, draft]);
  const { plan, placed, planning, fault } = usePlan(design.version, draft);
  const show = useCallback(
    (where: Going) => {
      const other = where.type ? { relation: undefined, field: undefined } : where.relation ? { type: undefined, field: undefined } : {};
      void go({ to: '/model', search: (now) => ({ ...now, ...other, ...where }) as ModelSearch });
    },
    [go],
  );
  const designer: Designer = {
    design, shown, draft, clashes, plan, planning, planFault: fault, problems: placed, show,
    edit: (what, edit) => change(design.version, what, (now) => withBase(design, edit(now))),
  };
  useStepKeys();
  return (
    <DesignerContext value={designer}>
      <Page chosen={chosen} />
      <PlanDialog opened={chosen.ask === 'plan'} />
      <NewType opened={chosen.ask === 'type'} />
      <NewRelation opened={chosen.ask === 'relation'} from={chosen.type} />
    </DesignerContext>
  );
}

/** Ctrl Z and Ctrl Shift Z go through the draft, but not while something is typed: a line of text has steps of its own. */
function useStepKeys(): void {
  useKey('model.back', back);
  useKey('model.forth', forth);
}

function Page({ chosen }: { chosen: ModelSearch }) {
  const { t } = useTranslation();
  const format = useFormat();
  const narrow = useNarrow();
  const { design, shown } = useDesigner();
  const type = typeOf(shown, chosen.type);
  const relation = relationOf(shown, chosen.relation);
  const view = chosen.view ?? 'graph';
  const inPlace = narrow && (type ?? relation);
  const panel = type ? <TypePanel key={type.name} type={type} chosen={chosen} /> : relation && <RelationPanel key={relation.name} relation={relation} chosen={chosen} />;
  return (
    <div className="model">
      <header className="page-head">
        <h1>{t('model:title')}</h1>
        <small className="muted num">{t('model:version', { version: format.plain(design.version) })}</small>
        <span className="grow" />
        {!inPlace && <Doings view={view} narrow={narrow} />}
      </header>
      <MovedOn />
      <div className="model-body">
        {!inPlace && view === 'history' && <Versions />}
        {!inPlace && view !== 'history' && shown.types.length === 0 && <Nothing />}
        {!inPlace && view !== 'history' && shown.types.length > 0 && (narrow || view === 'list' ? <ModelList chosen={chosen} /> : <Graph chosen={chosen} />)}
        {panel}
      </div>
      <DraftBar />
    </div>
  );
}

/** How the model is looked at, and what can be made. */
function Doings({ view, narrow }: { view: 'graph' | 'list' | 'history'; narrow: boolean }) {
  const { t } = useTranslation();
  const { shown, show } = useDesigner();
  const views = [
    ...(narrow ? [] : [{ value: 'graph', label: t('model:view.graph') }]),
    { value: 'list', label: t('model:view.list') },
    { value: 'history', label: t('model:view.history') },
  ];
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('model:view.name')}
        value={narrow && view === 'graph' ? 'list' : view}
        data={views}
        onChange={(value) => show({ view: value === 'graph' ? undefined : (value as 'list' | 'history') })}
      />
      <Button size="xs" variant="default" leftSection={<IconArrowsLeftRight size={15} />} disabled={!shown.types.length} onClick={() => show({ ask: 'relation' })}>{t('model:newRelation')}</Button>
      <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => show({ ask: 'type' })}>{t('model:newType')}</Button>
    </>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const { show } = useDesigner();
  return (
    <EmptyState icon={IconHierarchy3} title={t('model:empty.title')} action={<Button onClick={() => show({ ask: 'type' })}>{t('model:newType')}</Button>}>
      {t('model:empty.says')}
    </EmptyState>
  );
}
