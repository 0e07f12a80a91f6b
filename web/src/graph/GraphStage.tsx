import { useEffect, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react';
import { useModel } from '@/meta/model';
import type { Colouring, Layout, Sizing } from './choices';
import { paintOf } from './colors';
import { GraphView, type GraphHandle } from './GraphView';
import { placeGroups } from './groups';
import { arranged, type Points } from './layouts';
import { looksOf } from './looks';
import type { Scene } from './scene';
import type { Scores } from './scores';
import type { Shown } from './showing';
import { Signs } from './Signs';
import { NO_MARKS, type Marks } from './stage';
import { useGround } from './style';
import { emptyDrawing, move, remember, sync } from './sync';
import { useForce, type Force } from './useForce';

export interface GraphStageProps {
  scene: Scene;
  shown: Shown;
  size?: Sizing;
  color?: Colouring;
  layout?: Layout;
  /** Who stands in the middle of rings. */
  middle?: string | undefined;
  scores?: Scores;
  marks?: Marks;
  /** Where records stood before, as a saved scene has it. */
  places?: Points;
  pinned?: ReadonlySet<string>;
  label: string;
  onPick: (id: string | null, more: boolean) => void;
  onPickLink?: (links: readonly string[], edge: string) => void;
  onOpen?: (id: string) => void;
  onPinned?: (id: string) => void;
  onForce?: (force: Force) => void;
  handle?: Ref<GraphHandle>;
}

const NO_SCORES: Scores = new Map();
const NO_SIGNS: ReadonlyMap<string, readonly string[]> = new Map();
const NO_PINS: ReadonlySet<string> = new Set();

/** A scene, laid out and drawn; it goes on from where it stood when something comes or goes. */
export function GraphStage(props: GraphStageProps) {
  const { scene, shown, size = 'degree', color = 'type', layout = 'force', middle, scores = NO_SCORES, marks = NO_MARKS, pinned = NO_PINS, onForce } = props;
  const model = useModel();
  const ground = useGround();
  const graph = useMemo(emptyDrawing, []);
  const remembered = useRef<Points>(new Map(props.places));
  const [signs, setSigns] = useState(NO_SIGNS);
  const [version, setVersion] = useState(0);
  const force = useForce(graph);
  const paint = useMemo(() => paintOf(ground.dark), [ground.dark]);
  const looks = useMemo(() => looksOf(scene, shown, { ...ground, size, color, scores }), [scene, shown, ground, size, color, scores]);

  const arrange = (): void => {
    const links = [...shown.links].flatMap((key) => scene.links.get(key) ?? []);
    const communityOf = (id: string): string => String(scores.get(id)?.community ?? '');
    const typeOf = (id: string): string => scene.records.get(id)?.type ?? '';
    move(graph, arranged(layout, { ids: [...shown.records], links, middle, typeOf, communityOf }));
    if (layout === 'force') force.start();
    else force.stop();
  };

  const laidOut = useRef('');
  useLayoutEffect(() => {
    const first = graph.order === 0;
    remember(graph, remembered.current);
    placeGroups(scene, remembered.current);
    const strangers = sync(graph, looks, remembered.current);
    setVersion(graph.getAttribute('version'));
    const wanted = `${layout} ${layout === 'radial' ? middle : ''} ${layout === 'communities' ? scores.size : ''}`;
    const again = wanted !== laidOut.current;
    laidOut.current = wanted;
    if (!looks.nodes.size) return;
    if ((first && strangers.length) || (again && !first) || (strangers.length && layout !== 'force')) arrange();
    else if (strangers.length) force.start(true);
  }, [looks, layout, middle]);

  useLayoutEffect(() => {
    for (const id of graph.filterNodes((each, { fixed }) => fixed !== pinned.has(each))) graph.setNodeAttribute(id, 'fixed', pinned.has(id));
  }, [graph, pinned, version]);

  useEffect(() => onForce?.(force), [force.running, onForce]);

  return (
    <>
      {model.data && <Signs types={model.data.types} onReady={setSigns} />}
      <GraphView
        graph={graph}
        version={version}
        paint={paint}
        marks={marks}
        signs={signs}
        label={props.label}
        onPick={props.onPick}
        onPickLink={(edge) => graph.hasEdge(edge) && props.onPickLink?.(graph.getEdgeAttribute(edge, 'links'), edge)}
        {...(props.onOpen && { onOpen: props.onOpen })}
        {...(props.onPinned && { onPinned: props.onPinned })}
        {...(props.handle && { handle: props.handle })}
      />
    </>
  );
}
