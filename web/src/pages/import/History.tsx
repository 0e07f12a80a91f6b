import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure, refusalOf } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault, useWords } from '@/ui/Fault';
import { Pill, type Tone } from '@/ui/Pill';
import { IMPORTS_QUERY, isOpen, UNDO, type ImportRun } from './api';
import { useAsk } from './useImport';

const TONES: Record<string, Tone> = { done: 'good', undone: 'line', undoing: 'warn', running: 'warn' };
const LOOK_EVERY_MS = 1500;
const route = getRouteApi('/import');

/** What was imported, the newest first, each with its figures and its way back. */
export function History() {
  const { t } = useTranslation();
  const { run: sought } = route.useSearch();
  const runs = useQuery({
    queryKey: keys.imports,
    queryFn: async ({ signal }) => (await gql<{ imports: { nodes: ImportRun[] } }>(IMPORTS_QUERY, {}, signal)).imports.nodes,
    refetchInterval: ({ state }) => (state.data?.some((each) => isOpen(each.job)) ? LOOK_EVERY_MS : false),
  });
  if (runs.isError) return <Fault error={runs.error} again={() => void runs.refetch()} />;
  return (
    <Card title={t('import:history.title')} className="import-history">
      {runs.isPending && <div className="card-note"><Bone height={14} /><Bone height={14} /></div>}
      {runs.data?.length === 0 && <p className="card-note">{t('import:history.none')}</p>}
      <ul>{runs.data?.map((run) => <Run key={run.id} run={run} sought={run.id === sought} />)}</ul>
    </Card>
  );
}

/** One import; the one that is sought comes into sight by itself. */
function Run({ run, sought }: { run: ImportRun; sought: boolean }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (sought) row.current?.scrollIntoView({ block: 'center' });
  }, [sought]);
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const undo = useAsk(UNDO, keys.imports);
  const working = isOpen(run.job) || undo.isPending;
  const all = [...(run.report?.records ?? []), ...(run.report?.links ?? [])];
  const sum = (of: 'created' | 'updated') => all.reduce((total, each) => total + each[of], 0);
  const failure = undo.error ?? (run.job?.status === 'FAILED' ? refusalOf(run.job.errors) : null);
  return (
    <li ref={row} aria-current={sought || undefined}>
      <div>
        <b className="cut" dir="auto">{run.files.join(', ') || run.mapping}</b>
        <small className="num">
          {format.moment(run.startedAt)}
          {run.actorName && <> · <bdi>{run.actorName}</bdi></>}
          {run.report && ` · ${t('import:history.counts', { created: format.number(sum('created')), updated: format.number(sum('updated')) })}`}
        </small>
        {failure && <small className="bad" dir="auto">{words(asFailure(failure))}</small>}
      </div>
      <Pill tone={TONES[run.status] ?? 'plain'}>{working ? t('import:state.undoing') : t(`import:state.${run.status}`)}</Pill>
      {run.upload && (
        <Link to="/import" search={{ upload: run.upload, step: 'run' }}>
          {t('import:history.open')}
        </Link>
      )}
      {run.status !== 'undone' && (
        <Button size="compact-sm" variant="default" loading={working} onClick={() => undo.mutate(run.id)}>
          {t('app:undo')}
        </Button>
      )}
    </li>
  );
}
