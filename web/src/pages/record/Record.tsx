import { Button } from '@mantine/core';
import { IconFileUnknown } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OthersHere } from '@/meta/OthersHere';
import { useOthers } from '@/meta/useOthers';
import { remember } from '@/lib/recent';
import { typeNamed, useModel, type EntityType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Header } from './Header';
import { CanLog } from './logging';
import { Overview } from './Overview';
import { Past } from './Past';
import { Timeline } from './Timeline';
import { useView } from './asking';
import { useRecordKeys } from './useRecordKeys';
import type { View } from '@/meta/view360';
import '@/meta/view360.css';
import './record.css';

// what stands behind the other tabs is fetched when they are opened
const History = lazy(async () => ({ default: (await import('./History')).History }));
const Relations = lazy(async () => ({ default: (await import('./Relations')).Relations }));

const TABS = ['overview', 'relations', 'timeline', 'history'] as const;
type Tab = (typeof TABS)[number];

/** One record whole, now or as of a day. */
export default function Record() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/r/$id' });
  const { asOf = '' } = useSearch({ from: '/r/$id' });
  const model = useModel();
  const view = useView(id, asOf);
  if (view.isError) return <div className="record"><Fault error={view.error} again={() => void view.refetch()} /></div>;
  if (view.isPending || model.isPending) return <Coming />;
  const type = typeNamed(model.data, view.data?.record.type ?? '');
  if (!view.data || !type) {
    return (
      <EmptyState
        alone
        icon={IconFileUnknown}
        title={t('record:gone.title')}
        action={
          asOf ? (
            <Button variant="default" renderRoot={(props) => <Link to="/r/$id" params={{ id }} {...props} />}>{t('record:asOf.now')}</Button>
          ) : (
            <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>{t('app:missing.home')}</Button>
          )
        }
      >
        {asOf ? t('record:gone.then') : t('record:gone.says')}
      </EmptyState>
    );
  }
  return <Whole key={id} view={view.data} type={type} asOf={asOf} stale={view.isPlaceholderData} />;
}

const NONE: ReadonlySet<string> = new Set();

function Whole({ view, type, asOf, stale }: { view: View; type: EntityType; asOf: string; stale: boolean }) {
  const closed = Boolean(asOf);
  const [looking, setLooking] = useState(false);
  useRecordKeys(view.record.id, type, closed);
  const doing = useOthers(view.record.id);
  const { id, title } = view.record;
  useEffect(() => remember({ id, title, type: type.name }), [id, title, type.name]);
  const parts = { view, type, asOf, closed, fresh: doing && !closed ? new Set(doing.fields) : NONE };
  return (
    <CanLog type={type} about={{ id, title }} closed={closed}>
      <div className="record" data-stale={stale || undefined} data-past={closed || undefined}>
        <Header {...parts} onPast={() => setLooking(true)} />
        <OthersHere doing={closed ? null : doing} type={type} />
        {(closed || looking) && <Past view={view} asOf={asOf} onClose={() => setLooking(false)} />}
        <Body {...parts} />
      </div>
    </CanLog>
  );
}

export interface PartProps {
  view: View;
  type: EntityType;
  asOf: string;
  /** The past is looked at: nothing can be changed. */
  closed: boolean;
  /** Fields that somebody else has just changed. */
  fresh: ReadonlySet<string>;
}

function Body(props: PartProps) {
  const { t } = useTranslation();
  const { tab: asked } = useSearch({ from: '/r/$id' });
  const go = useNavigate({ from: '/r/$id' });
  const tab: Tab = TABS.find((each) => each === asked) ?? 'overview';
  return (
    <>
      <div className="tabs" role="tablist" aria-label={props.view.record.title}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={tab === each}
            aria-controls="tab-panel"
            onClick={() => void go({ search: (before) => ({ ...before, tab: each }), replace: true })}
          >
            {t(`record:tab.${each}`)}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <Suspense fallback={<div style={{ padding: 16 }}><Bone height={200} /></div>}>
          {tab === 'overview' && <Overview {...props} />}
          {tab === 'relations' && <Relations {...props} />}
          {tab === 'timeline' && <Timeline {...props} />}
          {tab === 'history' && <History {...props} />}
        </Suspense>
      </div>
    </>
  );
}

function Coming() {
  const { t } = useTranslation();
  return (
    <div className="record" role="status" aria-label={t('app:coming')}>
      <div className="record-head">
        <Bone width={52} height={52} />
        <Bone width={260} height={26} />
      </div>
      <div className="parts" style={{ marginBlockStart: 70 }}>
        <div className="span-4"><Bone height={320} /></div>
        <div className="span-8"><Bone height={320} /></div>
        <div className="span-12"><Bone height={96} /></div>
      </div>
    </div>
  );
}
