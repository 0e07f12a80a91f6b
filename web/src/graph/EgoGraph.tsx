import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { aroundAnswer } from './asking';
import { GraphStage } from './GraphStage';
import type { GraphHandle } from './GraphView';
import { Legend, TypeSign } from './Legend';
import { linksByRecord, otherEnd, sceneOf, tally, type Scene } from './scene';
import { EVERYTHING, shownOf } from './showing';
import { NO_MARKS } from './stage';
import { StageTools } from './StageTools';
import { todayIso } from './style';
import { useCounted } from './useCounted';

const MOST = 60;
const MOST_LISTED = 8;

/** The rings around one record, and the same as a list. */
export default function EgoGraph({ id }: { id: string }) {
  const { t } = useTranslation();
  const counted = useCounted();
  const handle = useRef<GraphHandle>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const asked = { ids: [id], hops: 2, most: MOST };
  const found = useQuery({ ...aroundAnswer(asked), retry: false });
  const scene = useMemo(() => sceneOf(found.data ? [found.data] : []), [found.data]);
  const shown = useMemo(() => shownOf(scene, { ...EVERYTHING, onlyLinked: true }, () => null, todayIso()), [scene]);
  const marks = useMemo(() => ({ ...NO_MARKS, picked }), [picked]);
  if (found.isError) return <div className="ego-note"><Fault error={found.error} again={() => void found.refetch()} /></div>;
  if (found.isPending) return <div className="ego-stage"><Bone height="100%" /></div>;
  if (shown.links.size === 0) return <p className="ego-note muted">{t('graph:ego.none')}</p>;
  const types = tally([...shown.records].flatMap((each) => scene.records.get(each)?.type ?? []));
  const count = counted(shown);
  return (
    <>
      <div className="ego-stage graph-stage">
        <GraphStage
          scene={scene}
          shown={shown}
          layout="radial"
          middle={id}
          marks={marks}
          label={t('graph:ego.drawing', { count })}
          handle={handle}
          onPick={(each) => setPicked(each)}
        />
        <div className="graph-float ego-tools"><StageTools handle={handle} /></div>
      </div>
      <div className="ego-foot">
        <Legend types={types} />
        <Nearest id={picked ?? id} scene={scene} keysShown={shown.links} />
      </div>
    </>
  );
}

/** Who is nearest to the one that is picked, in words: each is a way on. */
function Nearest({ id, scene, keysShown }: { id: string; scene: Scene; keysShown: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const record = scene.records.get(id);
  const links = [...keysShown].flatMap((key) => scene.links.get(key) ?? []);
  const own = (linksByRecord(links).get(id) ?? []).sort((a, b) => b.weight - a.weight);
  const near = [...new Set(own.map((link) => otherEnd(link, id)))].slice(0, MOST_LISTED);
  return (
    <nav className="ego-near" aria-label={t('graph:ego.nearest', { name: record?.title ?? '' })}>
      {near.flatMap((each) => scene.records.get(each) ?? []).map((each) => (
        <Link key={each.id} to="/r/$id" params={{ id: each.id }}>
          <TypeSign type={each.type} />
          <span className="cut" dir="auto">{each.title}</span>
        </Link>
      ))}
    </nav>
  );
}
