import { NativeSelect } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import { cardsOf } from '@/meta/useCard';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { MovedWays } from './MovedWays';
import type { MovedWay } from './movedWays';
import { StartButton } from './Runs';
import type { Run } from './runs';
import type { PartProps } from './Workbench';

interface MovedRecord {
  id: string;
  before: number;
  after: number;
  reasons: { code: string; before: number; after: number }[];
  paths: MovedWay[];
}

interface Comparison {
  differences: { code: string; text: string; details: string[] }[];
  both: number;
  entered: number;
  left: number;
  changed: number;
  moved: MovedRecord[];
}

const COMPARE = `query Compare($a: ID!, $b: ID!, $type: String!, $first: Int!, $language: String!) {
  compareRuns(a: $a, b: $b, type: $type, first: $first, language: $language) {
    differences { code text details } both entered left changed moved { id before after reasons { code before after } paths { records before after } }
  }
}`;
const SHOWN = 25;

/** Two runs of one engine: what moved, and which parts of it. */
export function Moved({ chosen, type, runs, change }: PartProps) {
  const { t } = useTranslation();
  const done = runs.filter(({ status }) => status === 'DONE');
  if (done.length < 2) {
    return <EmptyState icon={IconArrowsShuffle} title={t('workbench:moved.one')} action={<StartButton engine={chosen.score} type={null} />}>{t('workbench:moved.oneSays')}</EmptyState>;
  }
  const later = done.find(({ id }) => id === chosen.b) ?? done[0]!;
  const earlier = done.find(({ id }) => id === chosen.a) ?? done.find(({ id, type: scored }) => id !== later.id && scored === later.type) ?? done[1]!;
  return (
    <div className="quality">
      <div className="moved-runs">
        <Choose label={t('workbench:moved.before')} runs={done} value={earlier.id} onChange={(id) => change({ a: id })} />
        <Choose label={t('workbench:moved.after')} runs={done} value={later.id} onChange={(id) => change({ b: id })} />
      </div>
      <Compared a={earlier.id} b={later.id} type={type.name} />
    </div>
  );
}

function Choose({ label, runs, value, onChange }: { label: string; runs: Run[]; value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <NativeSelect
      size="sm"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={runs.map((run) => ({ value: run.id, label: `${t('workbench:run', { number: format.plain(run.number) })} · ${format.moment(run.origin.takenAt ?? run.requestedAt)}` }))}
    />
  );
}

function useComparison(a: string, b: string, type: string) {
  const { language } = useSettings();
  return useQuery({
    queryKey: [...keys.scores, 'compared', a, b, type, language],
    queryFn: async ({ signal }) => {
      const { compareRuns: found } = await gql<{ compareRuns: Comparison }>(COMPARE, { a, b, type, first: SHOWN, language }, signal);
      const cards = await cardsOf(found.moved.map(({ id }) => id), signal);
      return { ...found, moved: found.moved.map((each) => ({ ...each, title: cards.get(each.id)?.title ?? each.id })) };
    },
    enabled: a !== b,
  });
}

function Compared({ a, b, type }: { a: string; b: string; type: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useComparison(a, b, type);
  if (a === b) return <p className="muted">{t('workbench:moved.same')}</p>;
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Bone height={300} />;
  const { differences, both, changed, entered, left, moved } = found.data;
  const counts = { both, changed, entered, left };
  return (
    <>
      <section className="card quality-figures" aria-label={t('workbench:moved.counts')}>
        {(['changed', 'both', 'entered', 'left'] as const).map((each) => (
          <div key={each}>
            <span>{t(`workbench:moved.${each}`)}</span>
            <b className="num">{format.number(counts[each])}</b>
          </div>
        ))}
      </section>
      {differences.length > 0 && (
        <Card title={t('workbench:moved.differences')}>
          <ul className="lower">{differences.map(({ code, text, details }) => <li key={code}><span>{text}{details.map((each) => <small key={each} dir="auto">{each}</small>)}</span></li>)}</ul>
        </Card>
      )}
      <Card title={t('workbench:moved.most')}>
        {moved.length ? <ol className="moved">{moved.map((each) => <One key={each.id} moved={each} />)}</ol> : <p className="card-note card-end">{t('workbench:moved.none')}</p>}
      </Card>
    </>
  );
}

/** What each sort of reason moved the score by, the largest move first. */
function byCode(reasons: MovedRecord['reasons']): MovedRecord['reasons'] {
  const sums = new Map<string, MovedRecord['reasons'][number]>();
  for (const { code, before, after } of reasons) {
    const sum = sums.get(code);
    sums.set(code, { code, before: (sum?.before ?? 0) + before, after: (sum?.after ?? 0) + after });
  }
  return [...sums.values()].sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
}

function One({ moved: { id, title, before, after, reasons, paths } }: { moved: MovedRecord & { title: string } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (value: number): string => format.percent(value, Math.abs(value) < 0.1 ? 1 : 0);
  const parts = byCode(reasons).filter((each) => Math.abs(each.after - each.before) > 5e-4).slice(0, 3);
  return (
    <li>
      <Link to="/r/$id" params={{ id }} className="plain-link" dir="auto">{title}</Link>
      <span className="num moved-values">
        <bdi>{share(before)}</bdi> <span className="mirrors" aria-hidden="true">→</span> <b><bdi>{share(after)}</bdi></b>
        <bdi className={after > before ? 'bad' : 'good'}>{format.signed((after - before) * 100, 1)}</bdi>
      </span>
      <small>
        {parts.map((each) => `${t(`workbench:code.${each.code}`, { defaultValue: each.code })} \u2068${format.signed((each.after - each.before) * 100, 1)}\u2069`).join(' · ')}
      </small>
      {paths.length > 0 && <MovedWays title={title} ways={paths} />}
    </li>
  );
}
