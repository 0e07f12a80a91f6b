import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { useSaid } from '@/ui/useSaid';
import { useServerState, type ServerState } from './people';

/** From how many changes without a number on something must have stopped. */
const BACKLOG = 100;

/** How the server does, and what it is set to. */
export function Server() {
  const { t } = useTranslation();
  const said = useSaid();
  const asked = useServerState();
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  if (!asked.data) return <Bone height={300} />;
  return (
    <>
      <Card title={t('admin:server.title')} className="admin-card"><State state={asked.data} /></Card>
      <Card title={t('admin:server.settings')} className="admin-card">
        <p className="card-note">{t('admin:server.settingsSay')}</p>
        <dl className="admin-settings">
          {asked.data.settings.map((each) => (
            <div key={each.name}>
              <dt><code dir="ltr">{each.name}</code><small dir="auto">{said.setting(each)}</small></dt>
              <dd>{each.value ? <code dir="ltr">{each.value}</code> : <span className="muted">{t('admin:server.notSet')}</span>}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </>
  );
}

function State({ state }: { state: ServerState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const behind = state.searchBehind.length;
  const last = state.lastChange;
  return (
    <dl className="admin-facts">
      <Fact name={t('admin:server.version')}><bdi dir="ltr">{state.version}</bdi></Fact>
      <Fact name="Neo4j"><bdi dir="ltr">{state.neo4j}</bdi></Fact>
      <Fact name={t('admin:server.model')}>{format.plain(state.modelVersion)}</Fact>
      <Fact name={t('admin:server.records')}>{format.number(state.records)}</Fact>
      <Fact name={t('admin:server.trash')}>{format.number(state.deleted)}</Fact>
      <Fact name={t('admin:server.queue')} tone={state.unnumbered > BACKLOG ? 'bad' : 'good'}>
        {state.unnumbered ? format.number(state.unnumbered) : t('admin:server.nothingWaits')}
      </Fact>
      <Fact name={t('admin:server.runs')}>{t('admin:server.runsNow', { running: format.number(state.runsRunning), queued: format.number(state.runsQueued) })}</Fact>
      <Fact name={t('admin:server.search')} tone={behind ? 'warn' : 'good'}>{behind ? state.searchBehind.join(', ') : t('admin:server.upToDate')}</Fact>
      <Fact name={t('admin:server.last')}>{last ? <><bdi>{last.by}</bdi> · {format.moment(last.at)}</> : t('admin:server.never')}</Fact>
    </dl>
  );
}

function Fact({ name, tone = '', children }: { name: string; tone?: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={`num ${tone}`}>{children}</dd>
    </div>
  );
}
