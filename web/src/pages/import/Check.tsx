import { Button } from '@mantine/core';
import { IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '@/api/failures';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { isOpen, TRY, type Upload } from './api';
import { Counts } from './Counts';
import { Problems } from './Problems';
import { Progress } from './Progress';
import { useAsk } from './useImport';

/** The import tried: the same work, taken back part by part; what it would do, and every row that it would not take. */
export function Check({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const attempt = useAsk(TRY, keys.importUpload(upload.id));
  const { job } = upload;
  const tried = job?.kind === 'TRY' ? job : null;
  const asked = useRef(false);
  const { mutate } = attempt;
  useEffect(() => {
    if (asked.current || job) return;
    asked.current = true;
    mutate(upload.id);
  }, [job, mutate, upload.id]);

  if (job && isOpen(job)) return <div className="import-body"><Progress job={job} upload={upload.id} /></div>;
  const failure = attempt.error ?? (tried?.status === 'FAILED' ? refusalOf(tried.errors) : null);
  const rejected = tried?.report?.sources.reduce((sum, each) => sum + each.rejected, 0) ?? 0;
  const rows = tried?.report?.sources.reduce((sum, each) => sum + each.rows, 0) ?? 0;
  return (
    <div className="import-body">
      <div className="import-tools">
        <p className="muted">{t('import:check.says')}</p>
        <span className="grow" />
        <Button variant="default" leftSection={<IconPlayerPlay size={16} />} loading={attempt.isPending} onClick={() => mutate(upload.id)}>
          {t('import:check.again')}
        </Button>
      </div>
      {failure && <Fault error={failure} />}
      {tried?.report && (
        <>
          <Counts report={tried.report} />
          {rejected > 0 && tried.run ? (
            <>
              <h2 className="import-h2">{t('import:check.rejected', { count: rejected, number: format.number(rejected), of: format.number(rows) })}</h2>
              <Problems upload={upload} run={tried.run} report={tried.report} retry={() => mutate(upload.id)} />
            </>
          ) : (
            <EmptyState icon={IconCircleCheck} title={t('import:check.fine')}>{t('import:check.fineSays')}</EmptyState>
          )}
        </>
      )}
    </div>
  );
}
