import { IconWaveSine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import type { EntityType } from '@/meta/model';
import { cardsOf, type CardOf } from '@/meta/useCard';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { FollowedPaths } from './FollowedPaths';
import { passedOn, strongestWays, type StoredWay } from './flows';
import type { PartProps } from './Workbench';

interface Told {
  found: { nodes: { insights: { churn: { paths: { strength: number; records: { id: string }[] }[] | null } } }[] };
}

/** The ways of those who receive most, and what their records are called. */
function useFlows(type: EntityType) {
  return useQuery({
    queryKey: [...keys.scores, 'flows', type.name],
    queryFn: async ({ signal }) => {
      const query = `query Flows { found: ${type.many}(first: 60, where: { insights: { churn: { received: { gt: 0 } } } }, orderBy: [{ insights: { churn: { received: DESC } } }]) {
        nodes { insights { churn { paths(first: 4) { strength records { id } } } } } } }`;
      const told = await gql<Told>(query, {}, signal);
      const ways = told.found.nodes.flatMap(({ insights }) => insights.churn.paths ?? []).map(({ strength, records }) => ({ strength, ids: records.map(({ id }) => id) }));
      const cards = await cardsOf(ways.flatMap((way) => way.ids), signal);
      return ways.filter((way) => way.ids.every((id) => cards.has(id))).map(({ strength, ids: each }): StoredWay => ({ strength, records: each.map((id) => cards.get(id)!) }));
    },
  });
}

/** Where risk flows: who passes how much on, and to whom. */
export function RiskMap({ type }: PartProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const found = useFlows(type);
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Bone height={360} />;
  if (!found.data.length) return <EmptyState icon={IconWaveSine} title={t('workbench:map.none')}>{t('workbench:map.noneSays')}</EmptyState>;
  const paths = strongestWays(found.data, 12).map(({ records, strength }) => ({ records, brings: strength }));
  return (
    <div className="quality">
      <Card title={t('workbench:map.title')}>
        <p className="card-note">{t('workbench:map.says', { types: type.labels[language] })}</p>
        <FollowedPaths paths={paths} label={t('workbench:map.title')} height={520} />
      </Card>
      <Card title={t('workbench:map.givers')} note={t('workbench:map.giversSays')}>
        <ol className="givers">{passedOn(found.data).slice(0, 12).map((giver) => <Giver key={giver.record.id} {...giver} />)}</ol>
      </Card>
    </div>
  );
}

function Giver({ record, total, to }: { record: CardOf; total: number; to: CardOf[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = to.slice(0, 3).map(({ title }) => title);
  const rest = to.length - names.length;
  return (
    <li>
      <Link to="/r/$id" params={{ id: record.id }} className="plain-link" dir="auto">{record.title}</Link>
      <bdi className="num bad">{format.percent(total, 1)}</bdi>
      <small>{t('workbench:map.to', { names: format.list(names) })}{rest > 0 && ` ${t('workbench:map.rest', { count: rest, number: format.number(rest) })}`}</small>
    </li>
  );
}
