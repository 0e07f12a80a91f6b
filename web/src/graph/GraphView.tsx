import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paint } from './colors';
import { follow } from './following';
import { begun, end, fit, picture, placesOf, restyle, within, zoom, type Marks, type Stage } from './stage';
import type { Point, Points } from './layouts';
import { resign } from './signing';
import { canDraw } from './software';
import type { Drawing } from './sync';
import './graph.css';

export interface GraphHandle {
  zoom: (by: 'in' | 'out') => void;
  fit: () => void;
  /** What is seen now; null where nothing can be drawn. */
  picture: () => Promise<Blob | null>;
  places: () => Points;
  within: (line: readonly Point[]) => string[];
}

export interface GraphViewProps {
  graph: Drawing;
  /** The version of the graph that is to be drawn. */
  version: number;
  paint: Paint;
  marks: Marks;
  signs: ReadonlyMap<string, readonly string[]>;
  /** For who does not see it: what is drawn, in words. */
  label: string;
  onPick: (id: string | null, more: boolean) => void;
  onPickLink?: (edge: string) => void;
  onOpen?: (id: string) => void;
  onPinned?: (id: string) => void;
  handle?: Ref<GraphHandle>;
}

const MOST_LOSSES = 5;

/** The graph, drawn by WebGL; drawn anew when the browser takes the context away. One a page: browsers allow few contexts. */
export function GraphView(props: GraphViewProps) {
  const { graph, version, paint, marks, signs, label, handle } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [losses, setLosses] = useState(0);
  /** What the stage was last drawn by: the version, paint and marks. */
  const drawn = useRef<readonly unknown[]>([]);

  useEffect(() => {
    if (!box.current || !canDraw()) return;
    const made = begun(box.current, graph, latest.current.paint, latest.current.marks, latest.current.signs);
    stage.current = made;
    drawn.current = graph.order ? [graph.getAttribute('version'), latest.current.paint, latest.current.marks] : [];
    const leave = follow(made, {
      onPick: (id, more) => latest.current.onPick(id, more),
      onPickLink: (edge) => latest.current.onPickLink?.(edge),
      onOpen: (id) => latest.current.onOpen?.(id),
      onPinned: (id) => latest.current.onPinned?.(id),
      onLost: () => setLosses((count) => Math.min(count + 1, MOST_LOSSES)),
    });
    return () => {
      leave();
      stage.current = null;
      end(made);
    };
  }, [graph, losses]);

  useEffect(() => {
    const wanted = [graph.getAttribute('version'), paint, marks];
    if (!stage.current || wanted.every((each, at) => each === drawn.current[at])) return;
    drawn.current = wanted;
    restyle(stage.current, graph, paint, marks);
  }, [graph, version, paint, marks]);

  useEffect(() => {
    if (stage.current) resign(stage.current, signs);
  }, [signs]);

  useImperativeHandle(handle, () => ({
    zoom: (by) => stage.current && zoom(stage.current, by),
    fit: () => stage.current && fit(stage.current),
    picture: async () => (stage.current ? picture(stage.current) : null),
    places: () => placesOf(graph),
    within: (line) => (stage.current ? within(stage.current, line) : []),
  }), [graph]);

  if (!canDraw()) return <p className="graph-nothing" role="note">{t('graph:cannot')}</p>;
  return <div ref={box} className="graph-canvas" role="img" aria-label={label} dir="ltr" />;
}
