import { Button, SegmentedControl } from '@mantine/core';
import { IconCircleCheck, IconDatabaseImport, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '@/api/failures';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { Fault } from '@/ui/Fault';
import { isOpen, START, UNDO, type ImportRun, type Upload } from './api';
import { Counts } from './Counts';
import { expected } from './expected';
import { withExisting } from './mapping';
import { Problems } from './Problems';
import { Progress } from './Progress';
import { useAsk, useMapping } from './useImport';

const route = getRouteApi('/import');

/** The import itself: what happens to records that are there, how far it is, what it did, and the way back. */
export function Result({ upload }: { upload: Upload }) {
  const client = useQueryClient();
  const job = [upload.run?.job, upload.job].find((each) => isOpen(each));
  const { status } = upload.run ?? {};
  useEffect(() => {
    // what was imported or taken back is on other pages too
    for (const queryKey of [['records'], ['totals'], keys.counts, keys.imports]) void client.invalidateQueries({ queryKey });
  }, [client, status]);
  if (job) return <div className="import-body"><Progress job={job} upload={upload.id} /></div>;
  const carried = upload.job?.kind === 'RUN';
  return (
    <div className="import-body">
      {upload.run && <Done upload={upload} run={upload.run} />}
      {(!upload.run || !carried || upload.run.status === 'running' || upload.run.status === 'undone') && <Start upload={upload} />}
    </div>
  );
}

function Start({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const start = useAsk(START, keys.importUpload(upload.id));
  const { change } = useMapping(upload);
  const { mapping, job } = upload;
  const { ready, rejected } = expected(upload);
  const failure = start.error ?? (job?.kind === 'RUN' && job.status === 'FAILED' ? refusalOf(job.errors) : null);
  const stopped = job?.kind === 'RUN' && job.status === 'CANCELLED';
  return (
    <section className="card import-start">
      <IconDatabaseImport size={34} stroke={1.4} aria-hidden="true" />
      <h2>{t('import:start.title', { count: ready, number: format.number(ready) })}</h2>
      {rejected > 0 && <p className="warn">{t('import:start.rejected', { count: rejected, number: format.number(rejected) })}</p>}
      <p className="muted">{t(stopped ? 'import:start.stopped' : 'import:start.says')}</p>
      {mapping && (
        <div>
          <span id="import-existing">{t('import:start.existing')}</span>
          <SegmentedControl
            aria-labelledby="import-existing"
            value={mapping.existing ?? 'update'}
            data={(['update', 'keep'] as const).map((value) => ({ value, label: t(`import:start.${value}`) }))}
            onChange={(value) => change(withExisting(mapping, value === 'keep' ? 'keep' : 'update'))}
          />
        </div>
      )}
      <Button size="md" loading={start.isPending} onClick={() => start.mutate(upload.id)}>
        {t(stopped ? 'import:start.goOn' : 'import:start.now')}
      </Button>
      {failure && <Fault error={failure} />}
    </section>
  );
}

function Done({ upload, run }: { upload: Upload; run: ImportRun }) {
  const { t } = useTranslation();
  const go = route.useNavigate();
  const undo = useAsk(UNDO, keys.importUpload(upload.id));
  const failure = undo.error ?? (run.job?.status === 'FAILED' ? refusalOf(run.job.errors) : null);
  const rejected = run.report?.sources.some((each) => each.rejected > 0);
  return (
    <>
      <section className="import-done">
        <IconCircleCheck size={26} stroke={1.6} className={run.status === 'done' ? 'good' : 'muted'} aria-hidden="true" />
        <h2>{t(`import:result.${run.status}`)}</h2>
        <span className="grow" />
        {run.status !== 'undone' && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(run.id)}>
            {t('import:result.undo')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => void go({ search: {} })}>
          {t('import:again')}
        </Button>
      </section>
      {failure && <Fault error={failure} />}
      {run.report && <Counts report={run.report} linked />}
      {run.report && rejected && run.status !== 'undone' && <Problems upload={upload} run={run.id} report={run.report} retry={() => void go({ search: { upload: upload.id, step: 'check' } })} />}
    </>
  );
}
