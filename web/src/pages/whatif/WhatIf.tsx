import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Compared } from './Compared';
import { Lost } from './Lost';
import { Moves } from './Moves';
import { Scenarios } from './Scenarios';
import { refusedOf, supposedIn, type Refused, type WhatIfSearch } from './scenario';
import { Suppose } from './Suppose';
import { useTypesAtRisk, useWhatIf, type Outcome } from './useWhatIf';
import './whatif.css';

/** What would be if somebody left, or links ended or came: before and after, side by side. */
export default function WhatIf() {
  const { t } = useTranslation();
  const given = useSearch({ from: '/what-if' });
  const [atRisk] = useTypesAtRisk();
  const search: WhatIfSearch = given.score === 'churn' && !given.type && atRisk ? { ...given, type: atRisk } : given;
  const found = useWhatIf(search);
  const refused = found.isError ? refusedOf(search, asFailure(found.error).problems) : [];
  const go = useNavigate({ from: '/what-if' });
  const change = (next: WhatIfSearch) => void go({ search: next });
  return (
    <div className="whatif">
      <header className="page-head">
        <h1>{t('whatif:title')}</h1>
        <span className="muted whatif-says">{t('whatif:says')}</span>
        <Scenarios search={search} change={change} />
      </header>
      <div className="whatif-parts">
        <div className="whatif-ask">
          <Suppose search={search} refused={refused} change={change} />
          <Compared search={search} change={change} />
        </div>
        <Result search={search} found={found} refused={refused} />
      </div>
    </div>
  );
}

function Result({ search, found, refused }: { search: WhatIfSearch; found: ReturnType<typeof useWhatIf>; refused: readonly Refused[] }) {
  const { t } = useTranslation();
  if (!supposedIn(search).length) {
    return <EmptyState icon={IconArrowsSplit2} title={t('whatif:begin.title')}>{t('whatif:begin.says')}</EmptyState>;
  }
  if (refused.length) return <EmptyState icon={IconArrowsSplit2} title={t('whatif:refused.title')}>{t('whatif:refused.says')}</EmptyState>;
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <div className="whatif-result" role="status" aria-label={t('app:coming')}>
        <Bone height={92} />
        <Bone height={360} />
      </div>
    );
  }
  return (
    <div className="whatif-result" data-stale={found.isPlaceholderData || undefined}>
      <Figures outcome={found.data} share={search.score !== 'churn'} />
      <Moves outcome={found.data} churn={search.score === 'churn'} />
      <Lost outcome={found.data} />
    </div>
  );
}

function Figures({ outcome, share }: { outcome: Outcome; share: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (value: number): string => (share ? format.percent(value, 1) : format.number(value, 1));
  // all influence there is comes to one, whatever happens
  const tells = !share || sum(outcome.sumBefore) !== sum(1);
  const counts = [
    { key: 'moved', value: outcome.moved },
    { key: 'lost', value: outcome.lostOnlyLink.length },
    { key: 'one', value: outcome.leftWithOne.length },
    { key: 'reach', value: outcome.outOfReach.length },
  ] as const;
  return (
    <section className="card whatif-figures" aria-label={t('whatif:figures')}>
      {tells && (
        <div>
          <span>{t(share ? 'whatif:sum.influence' : 'whatif:sum.churn')}</span>
          <b className="num"><bdi>{sum(outcome.sumBefore)}</bdi> <span className="mirrors" aria-hidden="true">→</span> <bdi>{sum(outcome.sumAfter)}</bdi></b>
        </div>
      )}
      {counts.map(({ key, value }) => (
        <div key={key}>
          <span>{t(`whatif:count.${key}`)}</span>
          <b className={value && key !== 'moved' ? 'num bad' : 'num'}>{format.number(value)}</b>
        </div>
      ))}
    </section>
  );
}
