import { IconFileUnknown } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { typeNamed, useModel, type EntityType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Header } from './Header';
import { History } from './History';
import { Overview } from './Overview';
import { Relations } from './Relations';
import { Timeline } from './Timeline';
import { useView, type View } from './view';
import './record.css';

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
      <EmptyState icon={IconFileUnknown} title={t('record:gone.title')}>
        {asOf ? t('record:gone.then') : t('record:gone.says')}
      </EmptyState>
    );
  }
  return (
    <div className="record" data-stale={view.isPlaceholderData || undefined}>
      <Header view={view.data} type={type} asOf={asOf} />
      <Body view={view.data} type={type} asOf={asOf} />
    </div>
  );
}

export interface PartProps {
  view: View;
  type: EntityType;
  asOf: string;
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
        {tab === 'overview' && <Overview {...props} />}
        {tab === 'relations' && <Relations {...props} />}
        {tab === 'timeline' && <Timeline {...props} />}
        {tab === 'history' && <History {...props} />}
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
