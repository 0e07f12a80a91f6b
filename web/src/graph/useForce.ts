import forceAtlas2 from 'graphology-layout-forceatlas2';
import FA2Layout from 'graphology-layout-forceatlas2/worker';
import { useCallback, useEffect, useRef, useState } from 'react';
import { animateNodes } from 'sigma/utils';
import type { Drawing } from './sync';

const AT_ONCE = 250;
const STEPS = 220;
const GLIDE_MS = 350;

/** How many steps a layout of so many records takes before it rests; a machine that is too slow for them stops by the clock. */
export const stepsOf = (order: number): number => (order > 5000 ? 250 : 300);
const LONGEST_MS = 30_000;

function settingsOf(graph: Drawing) {
  const large = graph.order > 800;
  const inferred = forceAtlas2.inferSettings(graph.order);
  if (large) return { ...inferred, barnesHutOptimize: true, barnesHutTheta: 0.9, linLogMode: true, gravity: 0.05, scalingRatio: 1.2, slowDown: 2 };
  return { ...inferred, barnesHutOptimize: false, gravity: 1.2, scalingRatio: 14, slowDown: 4, strongGravityMode: false };
}

export interface Force {
  running: boolean;
  /** Lets forces work until they rest; a small drawing finds its rest at once, and glides there when it was seen before. */
  start: (glide?: boolean) => void;
  stop: () => void;
}

const still = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function settle(graph: Drawing, glide: boolean): void {
  const options = { iterations: STEPS, settings: settingsOf(graph) };
  if (glide && !still()) animateNodes(graph, forceAtlas2(graph, options), { duration: GLIDE_MS });
  else forceAtlas2.assign(graph, options);
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
