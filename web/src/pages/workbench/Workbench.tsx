import { NativeSelect, SegmentedControl } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { useSaid } from '@/ui/useSaid';
import { SCORES, TABS, type Chosen, type ScoreName, type Part, type Tab, type WorkbenchSearch } from './asked';
import { Moved } from './Moved';
import { Quality } from './Quality';
import { Ranking } from './Ranking';
import { RiskMap } from './RiskMap';
import { Runs, StartButton } from './Runs';
import { isUnderWay, useProgress, useRuns, type Run } from './runs';
import './workbench.css';

export interface PartProps {
  chosen: Chosen;
  type: EntityType;
  runs: Run[];
  change: (part: Part) => void;
}

const NONE: Run[] = [];

/** Who may leave and who matters: ranked, explained, tested, compared. */
export default function Workbench() {
  const search = useSearch({ from: '/churn' });
  const go = useNavigate({ from: '/churn' });
  const model = useModel();
  const score = search.score ?? 'churn';
  const found = useRuns(score);
  const runs = found.data?.analyses.nodes ?? NONE;
  useProgress(score, runs);
  const change = (part: Part) => void go({ search: (before) => ({ ...before, ...part }) as WorkbenchSearch, replace: isFurther(search, part) });
  if (model.isError || found.isError) return <Fault error={model.error ?? found.error} again={() => void found.refetch()} />;
  if (!model.data || !found.data) return <Coming />;
  const last = runs.find(({ status }) => status === 'DONE');
  const types = model.data.types.filter(({ name }) => isScored(last, name, score));
  const type = typeNamed(model.data, search.type ?? '') ?? types[0];
  if (!last || !type) return <FirstRun score={score} runs={runs} change={change} />;
  const chosen: Chosen = { type: type.name, score, band: search.band ?? '', measure: search.measure ?? 'PAGERANK', record: search.record ?? '', a: search.a ?? '', b: search.b ?? '' };
  return (
    <div className="workbench">
      <Head chosen={chosen} types={types} last={last} runs={runs} change={change} />
      <Body asked={search.tab ?? 'ranking'} chosen={chosen} type={type} runs={runs} change={change} />
    </div>
  );
}

/** Whether it goes on from one record to the next: Back leads out of the records, not through each of them. */
const isFurther = (search: WorkbenchSearch, part: Part): boolean => Boolean(search.record && part.record);

/** Of churn: what the last run has given scores to; of influence every type has. */
function isScored(run: Run | undefined, type: string, score: ScoreName): boolean {
  if (score === 'influence') return true;
  const quality = run?.quality[type];
  return Boolean(quality && !quality.refused);
}

function Coming() {
  const { t } = useTranslation();
  return (
    <div className="workbench" role="status" aria-label={t('app:coming')}>
      <h1 className="hidden-words">{t('workbench:title')}</h1>
      <Bone width={260} height={28} />
      <div style={{ marginBlockStart: 20 }}><Bone height={420} /></div>
    </div>
  );
}

function FirstRun({ score, runs, change }: { score: ScoreName; runs: Run[]; change: (part: Part) => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const waiting = runs.some(isUnderWay);
  const [last] = runs;
  const why = !waiting && last?.error ? said.problem({ code: last.reason ?? '', message: last.error, details: null }) : '';
  return (
    <div className="workbench">
      <header className="page-head">
        <h1>{t('workbench:title')}</h1>
        <span className="grow" />
        <ScoreSwitch score={score} change={change} />
      </header>
      <EmptyState icon={IconChartHistogram} title={t('workbench:first.title')} action={!waiting && <StartButton engine={score} type={null} />}>
        {why ? <span className="bad" dir="auto">{why}</span> : t(waiting ? 'workbench:first.running' : 'workbench:first.says')}
      </EmptyState>
    </div>
  );
}

interface HeadProps {
  chosen: Chosen;
  types: EntityType[];
  last: Run;
  runs: Run[];
  change: (part: Part) => void;
}

function Head({ chosen, types, last, runs, change }: HeadProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const running = runs.find(isUnderWay);
  const when = format.ago(last.origin.takenAt ?? last.requestedAt);
  return (
    <header className="page-head">
      <h1>{t('workbench:title')}</h1>
      <Pill tone="line">{running ? t('workbench:running', { progress: format.percent(running.progress) }) : t('workbench:fresh', { when, number: format.plain(last.number) })}</Pill>
      <span className="grow" />
      <ScoreSwitch score={chosen.score} change={change} />
      <NativeSelect
        size="sm"
        aria-label={t('workbench:type')}
        value={chosen.type}
        onChange={(event) => change({ type: event.currentTarget.value, record: undefined, band: undefined })}
        data={types.map((type) => ({ value: type.name, label: heading(type.labels, language) }))}
      />
    </header>
  );
}

function ScoreSwitch({ score, change }: { score: ScoreName; change: (part: Part) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="sm"
      withItemsBorders={false}
      aria-label={t('workbench:score')}
      value={score}
      onChange={(value) => change({ score: value as ScoreName, record: undefined, a: undefined, b: undefined })}
      data={SCORES.map((each) => ({ value: each, label: t(`workbench:scores.${each}`) }))}
    />
  );
}

function Body({ asked, ...props }: PartProps & { asked: Tab }) {
  const { t } = useTranslation();
  const { chosen, change } = props;
  const tabs = TABS.filter((tab) => chosen.score === 'churn' || (tab !== 'quality' && tab !== 'map'));
  const tab = tabs.find((each) => each === asked) ?? 'ranking';
  useEffect(() => void document.getElementById(`tab-${tab}`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' }), [tab]);
  return (
    <>
      <div className="tabs" role="tablist" aria-label={t('workbench:title')}>
        {tabs.map((each) => (
          <button key={each} type="button" role="tab" id={`tab-${each}`} aria-selected={tab === each} aria-controls="tab-panel" onClick={() => change({ tab: each })}>
            {t(`workbench:tab.${each}`)}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'ranking' && <Ranking {...props} />}
        {tab === 'quality' && <Quality {...props} />}
        {tab === 'moved' && <Moved {...props} />}
        {tab === 'map' && <RiskMap {...props} />}
        {tab === 'runs' && <Runs {...props} />}
      </div>
    </>
  );
}
