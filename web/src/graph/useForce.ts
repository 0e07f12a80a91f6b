import forceAtlas2 from 'graphology-layout-forceatlas2';
import FA2Layout from 'graphology-layout-forceatlas2/worker';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Drawing } from './sync';

const AT_ONCE = 400;
const STEPS = 220;

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
  /** Lets forces work for a while; at once where motion is not wanted. */
  start: (done?: () => void) => void;
  stop: () => void;
}

/** ForceAtlas2 in a worker, from where records stand now. */
export function useForce(graph: Drawing): Force {
  const [running, setRunning] = useState(false);
  const layout = useRef<FA2Layout | null>(null);
  const timer = useRef(0);
  const forget = useRef<() => void>(() => undefined);

  const stop = useCallback(() => {
    clearTimeout(timer.current);
    forget.current();
    layout.current?.kill();
    layout.current = null;
    setRunning(false);
  }, []);

  const start = useCallback((done?: () => void) => {
    stop();
    if (graph.order < 2) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still && graph.order <= AT_ONCE) {
      forceAtlas2.assign(graph, { iterations: STEPS, settings: settingsOf(graph) });
      done?.();
      return;
    }
    layout.current = new FA2Layout(graph, { settings: settingsOf(graph) });
    layout.current.start();
    setRunning(true);
    const rest = (): void => {
      stop();
      done?.();
    };
    let left = stepsOf(graph.order);
    const step = (): void => {
      if (--left <= 0) rest();
    };
    graph.on('eachNodeAttributesUpdated', step);
    forget.current = () => graph.off('eachNodeAttributesUpdated', step);
    timer.current = window.setTimeout(rest, LONGEST_MS);
  }, [graph, stop]);

  useEffect(() => stop, [stop]);
  return { running, start, stop };
}
