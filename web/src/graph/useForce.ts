import FA2Layout from 'graphology-layout-forceatlas2/worker';
import { useCallback, useEffect, useRef, useState } from 'react';
import { AT_ONCE, settingsOf, settle } from './forces';
import type { Drawing } from './sync';

/** How many steps a layout of so many records takes before it rests; a machine that is too slow for them stops by the clock. */
export const stepsOf = (order: number): number => (order > 5000 ? 250 : 300);
const LONGEST_MS = 30_000;
/** Of larger drawings steps are taken beside them and shown now and then, so that the hand that moves them is not waited for. */
const DRAWN_EACH_STEP = 5_000;
const BETWEEN_MS = 1_500;

export interface Force {
  running: boolean;
  /** Lets forces work until they rest; a small drawing finds its rest at once, and glides there when it was seen before. */
  start: (glide?: boolean) => void;
  stop: () => void;
}

/** Brings places from one drawing to another of the same records; what a reader holds or has pinned stays, in both. */
function carry(from: Drawing, to: Drawing): void {
  const place = (id: string, drawn: ReturnType<Drawing['getNodeAttributes']>) => {
    if (!from.hasNode(id)) return drawn;
    if (drawn.fixed) from.mergeNodeAttributes(id, { x: drawn.x, y: drawn.y, fixed: true });
    const { x, y } = from.getNodeAttributes(id);
    return { ...drawn, x, y };
  };
  to.updateEachNodeAttributes(place, { attributes: ['x', 'y'] });
}

/** Does something once what there is to see has been drawn; the answer takes it back. */
function afterPicture(action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(action);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Forces at work in a worker until they rest, when `stop` is called; the answer ends them. */
function worked(graph: Drawing, stop: () => void): () => void {
  const moving = graph.order > DRAWN_EACH_STEP ? graph.copy() : graph;
  const layout = new FA2Layout(moving, { settings: settingsOf(graph) });
  const timer = setTimeout(stop, LONGEST_MS);
  let left = stepsOf(graph.order);
  let drawn = performance.now();
  const draw = (): void => {
    if (moving === graph) return;
    carry(moving, graph);
    drawn = performance.now();
  };
  const step = (): void => {
    if (performance.now() - drawn > BETWEEN_MS) draw();
    // the worker still counts on being there when it has told of a step
    if (--left === 0) setTimeout(stop);
  };
  moving.on('eachNodeAttributesUpdated', step);
  layout.start();
  return () => {
    clearTimeout(timer);
    moving.off('eachNodeAttributesUpdated', step);
    layout.kill();
    draw();
  };
}

/** ForceAtlas2 from where records stand now: of many in a worker, of few at once. */
export function useForce(graph: Drawing): Force {
  const [running, setRunning] = useState(false);
  const ended = useRef<() => void>(() => undefined);

  const stop = useCallback(() => {
    ended.current();
    ended.current = () => undefined;
    setRunning(false);
  }, []);

  const start = useCallback((glide = false) => {
    stop();
    if (graph.order < 2) return;
    if (graph.order <= AT_ONCE) {
      settle(graph, glide);
      return;
    }
    ended.current = afterPicture(() => {
      ended.current = worked(graph, stop);
      setRunning(true);
    });
  }, [graph, stop]);

  useEffect(() => stop, [stop]);
  return { running, start, stop };
}
