import FA2Layout from 'graphology-layout-forceatlas2/worker';
import { useCallback, useEffect, useRef, useState } from 'react';
import { AT_ONCE, settingsOf, settle } from './forces';
import type { Drawing } from './sync';

/** How many steps a layout of so many records takes before it rests; a machine that is too slow for them stops by the clock. */
export const stepsOf = (order: number): number => (order > 5000 ? 250 : 300);
const LONGEST_MS = 30_000;

export interface Force {
  running: boolean;
  /** Lets forces work until they rest; a small drawing finds its rest at once, and glides there when it was seen before. */
  start: (glide?: boolean) => void;
  stop: () => void;
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
    const layout = new FA2Layout(graph, { settings: settingsOf(graph) });
    const timer = setTimeout(stop, LONGEST_MS);
    let left = stepsOf(graph.order);
    const step = (): void => {
      // the worker still counts on being there when it has told of a step
      if (--left === 0) setTimeout(stop);
    };
    graph.on('eachNodeAttributesUpdated', step);
    layout.start();
    ended.current = () => {
      clearTimeout(timer);
      graph.off('eachNodeAttributesUpdated', step);
      layout.kill();
    };
    setRunning(true);
  }, [graph, stop]);

  useEffect(() => stop, [stop]);
  return { running, start, stop };
}
