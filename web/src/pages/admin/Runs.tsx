import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Format } from '@/lib/format';
import { useFormat } from '@/lib/useSettings';
import { useCalled } from '@/meta/analyses';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { Pill, type Tone } from '@/ui/Pill';

interface Run {
  id: string;
  engine: string;
  type: string | null;
  status: string;
  stage: string;
  requestedAt: string;
}

interface Schedule {
  engine: string;
  type: string | null;
  afterChanges: number | null;
  afterMinutes: number | null;
}

interface Answer {
  analyses: { nodes: Run[] };
  analysisSchedules: Schedule[];
}

const RUNS = `query Runs {
  analyses(first: 30) { nodes { id engine type status stage requestedAt } }
  analysisSchedules { engine type afterChanges afterMinutes }
}`;
const UNITS = [['Days', 1440], ['Hours', 60]] as const;
const TONES: Partial<Record<string, Tone>> = { DONE: 'good', FAILED: 'bad', RUNNING: 'warn' };

/** Runs of analytics, the newest first, and when they begin by themselves. */
export function Runs() {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useQuery({ queryKey: keys.runs, queryFn: ({ signal }) => gql<Answer>(RUNS, {}, signal) });
  const called = useCalled();
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  if (!asked.data) return <Bone height={200} />;
  const { analyses, analysisSchedules } = asked.data;
  return (
    <>
      <Card title={t('admin:runs.schedules')} className="admin-card">
        <ul className="admin-people">
          {analysisSchedules.map((each) => (
            <li key={`${each.engine} ${each.type}`}>
              <b>{called(each)}</b>
              <small className="num muted">
                {[
                  each.afterChanges !== null && t('admin:runs.afterChanges', { count: each.afterChanges, number: format.number(each.afterChanges) }),
                  each.afterMinutes !== null && afterTime(each.afterMinutes, t, format),
                ].filter(Boolean).join(' · ')}
              </small>
            </li>
          ))}
          {analysisSchedules.length === 0 && <li className="muted">{t('admin:runs.noSchedules')}</li>}
        </ul>
      </Card>
      <Card
        title={t('admin:runs.title')}
        className="admin-card"
        aside={<Link to="/churn" search={{ tab: 'runs' }} className="word-link">{t('admin:runs.workbench')}</Link>}
      >
        <ul className="admin-people">
          {analyses.nodes.map((run) => (
            <li key={run.id}>
              <b><Link to="/runs/$id" params={{ id: run.id }} className="plain-link">{called(run)}</Link></b>
              <small className="num muted">{format.moment(run.requestedAt)}</small>
              <span className="grow" />
              <Pill tone={TONES[run.status] ?? 'plain'}>{t(`admin:status.${run.status}`)}</Pill>
            </li>
          ))}
          {analyses.nodes.length === 0 && <li className="muted">{t('admin:runs.none')}</li>}
        </ul>
      </Card>
    </>
  );
}

/** How long after the last run, in the largest unit that it is whole in. */
function afterTime(minutes: number, t: TFunction, format: Format): string {
  const [unit, size] = UNITS.find(([, each]) => minutes >= each && minutes % each === 0) ?? ['Minutes', 1];
  const count = minutes / size;
  return t(`admin:runs.after${unit}`, { count, number: format.number(count) });
}
