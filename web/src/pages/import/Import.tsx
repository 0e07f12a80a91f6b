import { Button } from '@mantine/core';
import { IconArrowNarrowLeft, IconArrowNarrowRight, IconLock } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useSettings } from '@/lib/useSettings';
import { isRightToLeft } from '@/lib/settings';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { type Upload, isOpen } from './api';
import { Check } from './Check';
import { Columns } from './Columns';
import { Files, useSending } from './Files';
import { History } from './History';
import { Links } from './Links';
import { isReady } from './mapping';
import { Result } from './Result';
import { IMPORT_STEPS, type ImportStep } from './steps';
import { Steps } from './Steps';
import { useUpload } from './useImport';
import '@mantine/core/styles/Progress.css';
import './import.css';

const route = getRouteApi('/import');

/** Files in, step by step: what they are, what their columns mean, what is wrong with them, and done; with a way back. */
export default function Import() {
  const { t } = useTranslation();
  const { upload: id, step = 'files' } = route.useSearch();
  const { data: me } = useMe();
  const upload = useUpload(id);
  const sending = useSending(id);
  if (me && !me.administrator) {
    return (
      <EmptyState alone icon={IconLock} title={t('import:closed.title')}>
        {t('import:closed.says')}
      </EmptyState>
    );
  }
  return (
    <div className="import">
      <header className="page-head">
        <h1>{t('import:title')}</h1>
        {id && <Steps step={step} upload={upload.data} />}
      </header>
      {upload.isError && <Fault error={upload.error} again={() => void upload.refetch()} />}
      {id && upload.isPending && <Waiting />}
      {id && upload.data === null && <Gone />}
      {(!id || upload.data) && <Step step={step} upload={upload.data ?? undefined} sending={sending} />}
    </div>
  );
}

interface StepProps {
  step: ImportStep;
  upload: Upload | undefined;
  sending: ReturnType<typeof useSending>;
}

function Step({ step, upload, sending }: StepProps) {
  if (!upload || step === 'files') {
    return (
      <>
        <Files upload={upload} sending={sending} />
        {upload ? <Onward step="files" upload={upload} /> : <History />}
      </>
    );
  }
  const Page = { columns: Columns, links: Links, check: Check, run: Result }[step];
  return (
    <>
      <Page upload={upload} />
      <Onward step={step} upload={upload} />
    </>
  );
}

/** Back and on, at the foot of every step. */
function Onward({ step, upload }: { step: ImportStep; upload: Upload }) {
  const { t } = useTranslation();
  const go = route.useNavigate();
  const mirrored = isRightToLeft(useSettings().language);
  const [Back, On] = mirrored ? [IconArrowNarrowRight, IconArrowNarrowLeft] : [IconArrowNarrowLeft, IconArrowNarrowRight];
  const place = IMPORT_STEPS.indexOf(step);
  const [before, after] = [IMPORT_STEPS[place - 1], IMPORT_STEPS[place + 1]];
  const to = (next: ImportStep) => void go({ search: (now) => ({ ...now, step: next }) });
  const ready = step === 'files' ? upload.files.length > 0 : isReady(upload.mapping) && !isOpen(upload.job);
  return (
    <footer className="import-foot no-print">
      {before && (
        <Button variant="default" leftSection={<Back size={17} />} onClick={() => to(before)} disabled={isOpen(upload.job)}>
          {t(`import:step.${before}`)}
        </Button>
      )}
      <span className="grow" />
      {after && (
        <Button rightSection={<On size={17} />} onClick={() => to(after)} disabled={!ready}>
          {t(`import:step.${after}`)}
        </Button>
      )}
    </footer>
  );
}

function Waiting() {
  return (
    <div className="import-body">
      <Bone height={120} />
      <Bone height={220} />
    </div>
  );
}

function Gone() {
  const { t } = useTranslation();
  const go = route.useNavigate();
  return (
    <EmptyState
      icon={IconLock}
      title={t('import:gone.title')}
      action={
        <Button variant="default" onClick={() => void go({ search: {} })}>
          {t('import:again')}
        </Button>
      }
    >
      {t('import:gone.says')}
    </EmptyState>
  );
}
