import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { Card } from '@/ui/Card';
import { Pill, type Tone } from '@/ui/Pill';
import { useSaid } from '@/ui/useSaid';
import { isUnderWay, useRunAct, useRuns, type Run } from './runs';
import { ScheduleForm } from './ScheduleForm';
import type { PartProps } from './Workbench';

const TONE: Record<Run['status'], Tone> = { QUEUED: 'plain', RUNNING: 'warn', DONE: 'good', FAILED: 'bad', CANCELLED: 'plain' };

/** Begins a run over a type, or over all of them. */
export function StartButton({ engine, type }: { engine: string; type: string | null }) {
  const { t } = useTranslation();
  const start = useRunAct(engine, 'start', t('workbench:runs.started'));
  return (
    <Button size="compact-md" leftSection={<IconPlayerPlay size={15} />} loading={start.isPending} onClick={() => start.mutate({ engine, type })}>
      {t('workbench:runs.start')}
    </Button>
  );
}

/** The runs of the engine, the newest first; what is under way moves by itself. */
export function Runs({ chosen, runs }: PartProps) {
  const { t } = useTranslation();
  const { administrator } = useMe().data ?? {};
  const schedule = useRuns(chosen.score).data?.analysisSchedules.find(({ engine, type }) => engine === chosen.score && type === null);
  return (
    <div className="quality">
      {administrator && <ScheduleForm key={chosen.score} engine={chosen.score} schedule={schedule} />}
      <Card title={t('workbench:tab.runs')} aside={<StartButton engine={chosen.score} type={null} />}>
        <ol className="runs">{runs.map((run) => <One key={run.id} run={run} />)}</ol>
      </Card>
    </div>
  );
}

function One({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { data: model } = useModel();
  const said = useSaid();
  const cancel = useRunAct(run.engine, 'cancel', t('workbench:runs.cancelled'));
  const type = typeNamed(model, run.type ?? '');
  const seconds = run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : null;
  const { scored } = run.counts;
  return (
    <li>
      <b className="num">{t('workbench:run', { number: format.plain(run.number) })}</b>
      <Pill tone={TONE[run.status]}>{t(`workbench:status.${run.status}`)}</Pill>
      <span className="num runs-facts">
        {type ? heading(type.labels, language) : t('workbench:runs.all')} · <bdi>{format.moment(run.requestedAt)}</bdi>
        {seconds !== null && <> · {t('workbench:runs.took', { count: Math.round(seconds), number: format.number(seconds, 0) })}</>}
        {scored !== undefined && <> · {t('workbench:runs.scored', { count: scored, number: format.number(scored) })}</>}
      </span>
      {isUnderWay(run) && (
        <>
          <progress max={1} value={run.progress} aria-label={t('workbench:runs.progress')} />
          <bdi className="num">{format.percent(run.progress)}</bdi>
          <Button size="compact-sm" variant="default" disabled={run.cancelling} onClick={() => cancel.mutate({ id: run.id })}>{t('app:cancel')}</Button>
        </>
      )}
      {run.error && <small className="bad" dir="auto">{said.problem({ code: run.reason ?? '', message: run.error, details: null })}</small>}
    </li>
  );
}
