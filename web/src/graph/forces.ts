/** ForceAtlas2: how it is set, and a small drawing brought to its rest at once. */
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { animateNodes } from 'sigma/utils';
import type { Drawing } from './sync';

/** Up to so many records rest at once; of more the forces work in a worker. */
export const AT_ONCE = 250;
const STEPS = 220;
const GLIDE_MS = 350;

/** Where records hang together with nothing else, what pulls to the middle grows with the distance: else they drift far from a knot. */
const GATHERING = { gravity: 0.2, strongGravityMode: true };
const WEAK = { gravity: 1.2, strongGravityMode: false };

/** Whether no walk leads from one record to all others. */
function isScattered(graph: Drawing): boolean {
  const [first] = graph.nodes();
  if (first === undefined) return false;
  const met = new Set([first]);
  for (const id of met) graph.forEachNeighbor(id, (next) => met.add(next));
  return met.size < graph.order;
}

export function settingsOf(graph: Drawing) {
  const large = graph.order > 800;
  const inferred = forceAtlas2.inferSettings(graph.order);
  if (large) return { ...inferred, barnesHutOptimize: true, barnesHutTheta: 0.9, linLogMode: true, gravity: 0.05, scalingRatio: 1.2, slowDown: 2 };
  const pull = isScattered(graph) ? GATHERING : WEAK;
  return { ...inferred, barnesHutOptimize: false, scalingRatio: 14, slowDown: 4, ...pull };
}

/** Whether the reader wants nothing to move by itself. */
export const still = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Brings records to where forces leave them; they glide there when the drawing was seen before. */
export function settle(graph: Drawing, glide: boolean): void {
  const options = { iterations: STEPS, settings: settingsOf(graph) };
  if (glide && !still()) glideTo(graph, forceAtlas2(graph, options));
  else forceAtlas2.assign(graph, options);
}

/** Records glide to their places; when one of them goes meanwhile, the others are there at once. */
function glideTo(graph: Drawing, places: Record<string, { x: number; y: number }>): void {
  const arrive = (): void => {
    cancel();
    graph.updateEachNodeAttributes((id, drawn) => ({ ...drawn, ...places[id] }), { attributes: ['x', 'y'] });
  };
  const cancel = animateNodes(graph, places, { duration: GLIDE_MS }, () => graph.off('nodeDropped', arrive));
  graph.once('nodeDropped', arrive);
}
