import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EgoCard } from '@/graph/EgoCard';
import { Card } from '@/ui/Card';
import { Business } from './Business';
import { Details } from './Details';
import { Figures } from './Figures';
import { Happenings } from './Happenings';
import { Health } from './Health';
import { MoreLink } from './MoreLink';
import { Near } from './Near';
import { Next } from './Next';
import type { PartProps } from './Record';
import { RiskCard } from './RiskCard';
import { Ties } from './Ties';
import { says, scoreOf } from '@/meta/view360';
import { Waiting } from './Waiting';

/** What a manager wants to know first, the most pressing first; a type that nothing is known of begins with what it says. */
export function Overview(props: PartProps) {
  const { view, asOf, closed } = props;
  const risky = Boolean(scoreOf(view, 'churn'));
  const scored = risky || view.health !== null;
  const figures = view.kpis.filter(says);
  return (
    <div className="parts">
      {risky && <div className="span-4"><Health view={view} /></div>}
      {risky && <div className="span-8"><RiskCard view={view} asOf={asOf} /></div>}
      {figures.length > 0 && <div className="span-12"><Figures figures={figures} /></div>}
      <div className="parts-aside stack">
        {!risky && scored && <Health view={view} />}
        {!closed && <Next view={view} />}
        <Waiting view={view} closed={closed} />
        <Ties view={view} closed={closed} />
        {risky && <Details {...props} />}
      </div>
      <div className="parts-main stack">
        {!risky && <Details {...props} />}
        {view.money.map((earned) => <Business key={earned.currency} earned={earned} />)}
        <Near view={view} />
        {!asOf && <EgoCard id={view.record.id} />}
        <Lately {...props} />
      </div>
    </div>
  );
}

function Lately({ view, type }: PartProps) {
  const { t } = useTranslation();
  const go = useNavigate({ from: '/r/$id' });
  return (
    <Card
      title={t('record:tab.timeline')}
      aside={<MoreLink label={t('record:all')} onClick={() => void go({ search: (before) => ({ ...before, tab: 'timeline' }) })} />}
    >
      <Happenings events={view.timeline.events} type={type} />
    </Card>
  );
}
