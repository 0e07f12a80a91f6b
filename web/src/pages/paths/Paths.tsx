import { IconRoute, IconRouteOff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Ways } from '@/charts/Ways';
import { useNarrow } from '@/lib/useNarrow';
import { useFormat } from '@/lib/useSettings';
import { useLook } from '@/meta/useLook';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Asking } from './Asking';
import { askedBy, type Asked, type PathSearch } from './asked';
import { useAges } from './useAges';
import { WayList } from './WayList';
import { useWays, type Answer, type Found } from './ways';
import './paths.css';

const NONE: Found[] = [];

/** How two records are connected, and who can introduce the one to the other. */
export default function Paths() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/paths' });
  const go = useNavigate({ from: '/paths' });
  const asked = askedBy(search);
  const change = (part: PathSearch) => void go({ search: (before) => ({ ...before, way: undefined, ...part }) as PathSearch, replace: 'way' in part });
  return (
    <div className="paths">
      <header className="page-head">
        <h1>{t('paths:title')}</h1>
        <span className="muted">{t('paths:says')}</span>
      </header>
      <Asking asked={asked} change={change} />
      <Result asked={asked} chosen={(search.way ?? 1) - 1} choose={(way) => change({ way: way + 1 })} change={change} />
    </div>
  );
}

interface ResultProps {
  asked: Asked;
  chosen: number;
  choose: (way: number) => void;
  change: (part: PathSearch) => void;
}

function Result({ asked, chosen, choose, change }: ResultProps) {
  const { t } = useTranslation();
  const found = useWays(asked);
  if (!asked.from || !asked.to) {
    return <EmptyState icon={IconRoute} title={t('paths:begin.title')}>{t('paths:begin.says')}</EmptyState>;
  }
  if (asked.from === asked.to) return <EmptyState icon={IconRoute} title={t('paths:same')} />;
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Coming />;
  if (!found.data.ways.length) return <Nothing asked={asked} change={change} />;
  return <Answered asked={asked} answer={found.data} stale={found.isPlaceholderData} chosen={chosen} choose={choose} />;
}

function Coming() {
  const { t } = useTranslation();
  return (
    <div className="paths-found" role="status" aria-label={t('app:coming')}>
      <Bone height={300} />
      <Bone height={300} />
    </div>
  );
}

/** What may help is one click away. */
function Nothing({ asked, change }: { asked: Asked; change: (part: PathSearch) => void }) {
  const { t } = useTranslation();
  const narrowed = asked.via.length > 0;
  const cure: PathSearch = asked.by === 'introduction' ? { by: 'shortest' } : narrowed ? { via: [] } : { hops: 8 };
  const words = asked.by === 'introduction' ? t('paths:none.links') : narrowed ? t('paths:none.all') : t('paths:none.further');
  const helps = asked.by === 'introduction' || narrowed || asked.hops < 8;
  return (
    <EmptyState
      icon={IconRouteOff}
      title={t('paths:none.title')}
      action={helps && <button type="button" className="paths-more" onClick={() => change(cure)}>{words}</button>}
    >
      {asked.by === 'introduction' ? t('paths:none.introduction') : t('paths:none.says', { count: asked.hops })}
    </EmptyState>
  );
}

interface AnsweredProps {
  asked: Asked;
  answer: Answer;
  stale: boolean;
  chosen: number;
  choose: (way: number) => void;
}

function Answered({ asked, answer, stale, chosen, choose }: AnsweredProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useNavigate();
  const narrow = useNarrow();
  const lookOf = useLook();
  const { ways } = answer;
  const ages = useAges(stale ? NONE : ways, asked.by === 'introduction' ? '' : asked.asOf);
  const at = Math.min(chosen, ways.length - 1);
  const drawn = ways.map(({ records, steps, weakest }) => ({ records, weakest, strengths: steps.map(({ strength }) => strength) }));
  return (
    <div className="paths-found" data-stale={stale || undefined}>
      <WayList asked={asked} ways={ways} ages={ages} chosen={at} choose={choose} />
      <div className="paths-picture">
        {!narrow && (
          <Card title={t('paths:picture')} note={t('paths:count', { count: ways.length, number: format.number(ways.length) })}>
            <Ways ways={drawn} chosen={at} choose={choose} open={(id) => void go({ to: '/r/$id', params: { id } })} lookOf={lookOf} label={t('paths:picture')} />
          </Card>
        )}
        <p className="muted paths-note">
          {t('paths:fresh', { when: format.moment(answer.snapshotAt) })} {!answer.complete && t('paths:bounded')}
        </p>
      </div>
    </div>
  );
}
