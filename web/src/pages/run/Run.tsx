import { Button } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { resultsOf, useCalled } from '@/meta/analyses';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Pill, type Tone } from '@/ui/Pill';
import { useSaid } from '@/ui/useSaid';
import './run.css';

type Status = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

interface Run {
  number: number;
  engine: string;
  type: string | null;
  status: Status;
  requestedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  counts: { scored?: number };
  error: string | null;
  reason: string | null;
}

const RUN = 'query Run($id: ID!) { analysis(id: $id) { number engine type status requestedAt startedAt finishedAt counts error reason } }';
const LOOK_EVERY_MS = 2000;
const TONE: Record<Status, Tone> = { QUEUED: 'plain', RUNNING: 'warn', DONE: 'good', FAILED: 'bad', CANCELLED: 'plain' };

/** One run of analytics: when it was, what it came to or why it failed, and the way to what it found. */
export default function RunPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/runs/$id' });
  const asked = useQuery({
    queryKey: keys.run(id),
    queryFn: async ({ signal }) => (await gql<{ analysis: Run | null }>(RUN, { id }, signal)).analysis,
    refetchInterval: ({ state }) => (state.data && !state.data.finishedAt ? LOOK_EVERY_MS : false),
  });
  if (asked.data === null) return <EmptyState icon={IconChartHistogram} title={t('run:gone')} alone>{t('run:goneSays')}</EmptyState>;
  return (
    <div className="run">
      {asked.isError && <Fault error={asked.error} again={() => void asked.refetch()} />}
      {asked.isPending && <Bone height={220} />}
      {asked.data && <Whole run={asked.data} />}
    </div>
  );
}

function Whole({ run }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = useSaid();
  const results = run.status === 'DONE' ? resultsOf(run) : null;
  return (
    <>
      <header className="page-head">
        <h1>{useCalled()(run)}</h1>
        <Pill tone={TONE[run.status]}>{t(`workbench:status.${run.status}`)}</Pill>
        <span className="grow" />
        {results && <Button renderRoot={(props) => <Link {...results} {...props} />}>{t('run:results')}</Button>}
      </header>
      {run.error && (
        <div className="fault" role="note">
          <b>{t('run:why')}</b>
          <span dir="auto">{said.problem({ code: run.reason ?? '', message: run.error, details: null })}</span>
        </div>
      )}
      <Card title={t('workbench:run', { number: format.plain(run.number) })}>
        <Facts run={run} />
      </Card>
    </>
  );
}

function Facts({ run: { requestedAt, startedAt, finishedAt, counts } }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const seconds = startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : null;
  return (
    <dl className="run-facts num">
      <Fact name={t('run:asked')}>{format.moment(requestedAt)}</Fact>
      {startedAt && <Fact name={t('run:began')}>{format.moment(startedAt)}</Fact>}
      {finishedAt && <Fact name={t('run:ended')}>{format.moment(finishedAt)}</Fact>}
      {seconds !== null && <Fact name={t('run:took')}>{t('workbench:runs.took', { count: Math.round(seconds), number: format.number(seconds, 0) })}</Fact>}
      {counts.scored !== undefined && <Fact name={t('run:scored')}>{format.number(counts.scored)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd><bdi>{children}</bdi></dd>
    </div>
  );
}
