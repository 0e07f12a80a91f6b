import { Button, Progress as Bar } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Job } from './api';
import { useCancel } from './useImport';

const STAGES = ['starting', 'reading', 'trying', 'writing', 'undoing'];

/** How far the server is with it, and the way to end it. */
export function Progress({ job, upload }: { job: Job; upload: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cancel = useCancel(upload);
  const stage = job.status === 'WAITING' ? 'waiting' : job.kind === 'UNDO' ? 'undoing' : STAGES.includes(job.stage) ? job.stage : 'starting';
  return (
    <div className="card import-progress" role="status">
      <b>{t(`import:stage.${stage}`)}</b>
      <span className="num">{format.percent(job.progress)}</span>
      <Bar value={job.progress * 100} size="lg" animated aria-label={t(`import:stage.${stage}`)} />
      <Button variant="default" onClick={() => cancel.mutate(job.id)} loading={cancel.isPending || job.cancelling}>
        {t('app:cancel')}
      </Button>
    </div>
  );
}
