import { Button } from '@mantine/core';
import { IconArrowUpRight, IconChartDots3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import type { SortKey } from '@/meta/compose';
import type { EntityType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { aroundAnswer } from './asking';
import { GraphStage } from './GraphStage';
import type { GraphHandle } from './GraphView';
import { Legend, TypeSign } from './Legend';
import { sceneOf, tally } from './scene';
import { EVERYTHING, shownOf } from './showing';
import { NO_MARKS } from './stage';
import { StageTools } from './StageTools';
import { todayIso } from './style';
import { useCounted } from './useCounted';
import type { Force } from './useForce';

/** Which records of a type: a filter and an order, as lists have them. */
export interface GraphOfProps {
  type: EntityType;
  where: unknown;
  text: string | null;
  order: readonly SortKey[];
}

const MOST = 150;
const IN_ADDRESS = 60;

interface Told {
  list: { totalCount: number; nodes: { id: string }[] };
}

const idsQuery = (type: EntityType): string =>
  `query Ids($where: ${type.name}Filter, $text: FilterText, $order: [${type.name}Order!]) {
  list: ${type.many}(where: $where, whereText: $text, orderBy: $order, first: ${MOST}) { totalCount nodes { id } }
}`;

/** The filtered set of a list with what joins its records, through whom too; the table is its equivalent in words. */
export default function GraphOf({ type, where, text, order }: GraphOfProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = useCounted();
  const handle = useRef<GraphHandle>(null);
  const [force, setForce] = useState<Force | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const list = useQuery({
    queryKey: keys.records(type.name, ['graph', where, text, order]),
    queryFn: async ({ signal }) => (await gql<Told>(idsQuery(type), { where, text, order }, signal)).list,
  });
  const ids = list.data?.nodes.map(({ id }) => id) ?? [];
  const asked = { ids, hops: 1, most: ids.length * 3 };
  const found = useQuery({ ...aroundAnswer(asked), enabled: ids.length > 0 });
  const scene = useMemo(() => sceneOf(found.data ? [found.data] : []), [found.data]);
  const shown = useMemo(() => shownOf(scene, EVERYTHING, () => null, todayIso()), [scene]);
  const marks = useMemo(() => ({ ...NO_MARKS, picked }), [picked]);
  const failed = list.isError ? list : found.isError ? found : null;
  if (failed) return <div className="ego-note"><Fault error={failed.error} again={() => void failed.refetch()} /></div>;
  if (list.data && !ids.length) return <EmptyState icon={IconChartDots3} title={t('graph:of.none')} />;
  if (!list.data || !found.data) return <div className="graph-whole"><Bone height="100%" /></div>;
  const record = picked === null ? undefined : scene.records.get(picked);
  const count = counted(shown);
  return (
    <div className="graph-whole graph-stage">
      <GraphStage scene={scene} shown={shown} marks={marks} label={t('graph:of.drawing', { count })} handle={handle} onPick={(id) => setPicked(id)} onForce={setForce} />
      <div className="graph-float graph-corner"><StageTools handle={handle} force={force} /></div>
      <div className="graph-corner-end">
        {record && (
          <Link to="/r/$id" params={{ id: record.id }} className="graph-card">
            <TypeSign type={record.type} size={22} />
            <span className="cut" dir="auto">{record.title}</span>
            <IconArrowUpRight size={15} className="mirrors" aria-hidden="true" />
          </Link>
        )}
        <span className="graph-card num" role="status">
          {count}
          {list.data.totalCount > ids.length && ` · ${t('graph:of.first', { number: format.number(ids.length), total: format.number(list.data.totalCount) })}`}
        </span>
        <Button size="sm" variant="default" renderRoot={(props) => <Link to="/explore" search={{ from: ids.slice(0, IN_ADDRESS) }} {...props} />}>
          {t('graph:ego.open')}
        </Button>
      </div>
      <div className="graph-card graph-legend-box"><Legend types={tally([...scene.records.values()].map((each) => each.type))} /></div>
    </div>
  );
}
