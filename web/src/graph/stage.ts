/** One sigma and what it draws by: made, restyled, moved, photographed. */
import Sigma from 'sigma';
import { EdgeArrowProgram, EdgeLineProgram, NodePointProgram } from 'sigma/rendering';
import { mixed, type Paint } from './colors';
import { DashedLineProgram, LikelyLineProgram } from './dashed';
import { fontOf, hoverDrawer, labelCollector, nameAll } from './labels';
import { inside } from './lasso';
import type { Point, Points } from './layouts';
import { BIG } from './looks';
import { signLayer } from './signing';
import type { Wish } from './names';
import { emptyDrawing, type Changes, type Drawing, type EdgeDrawn, type NodeDrawn } from './sync';

/** What stands out: everything else is faint while something does. */
export interface Marks {
  picked: string | null;
  chosen: ReadonlySet<string>;
  /** The edge that is inspected. */
  edge: string | null;
  /** Records of ways that were asked for; the lines between them are thick. */
  ways: ReadonlySet<string>;
}

export const NO_MARKS: Marks = { picked: null, chosen: new Set(), edge: null, ways: new Set() };

export interface Stage {
  sigma: Sigma<NodeDrawn, EdgeDrawn, Changes>;
  paint: Paint;
  marks: Marks;
  signs: ReadonlyMap<string, readonly string[]>;
  near: ReadonlySet<string>;
  /** The names that the frame at hand wants. */
  wishes: Wish[];
  /** Whose names found room in it. */
  named: ReadonlySet<string>;
  /** Who is under the pointer. */
  hovered: string | null;
  alive: boolean;
}

const FAINT = 0.2;
const HIDES_LINKS = 1500;
const NAMES_ALL = 50;

/**
 * The layers are made before anything is drawn on them: making one wipes the others. A drawing that holds nothing yet
 * is not listened to: it is taken whole when it is shown, not record by record as it fills.
 */
export function begun(box: HTMLElement, graph: Drawing, paint: Paint, marks: Marks, signs: Stage['signs']): Stage {
  const stage: Partial<Stage> & Omit<Stage, 'sigma'> = { paint, marks, signs, near: nearOf(graph, marks), wishes: [], named: new Set(), hovered: null, alive: true };
  const sigma = new Sigma<NodeDrawn, EdgeDrawn, Changes>(emptyDrawing(), box, {
    allowInvalidContainer: true,
    zIndex: true,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    defaultNodeType: 'point',
    defaultEdgeType: 'line',
    nodeProgramClasses: { point: NodePointProgram },
    edgeProgramClasses: { line: EdgeLineProgram, arrow: EdgeArrowProgram, dashed: DashedLineProgram, likely: LikelyLineProgram },
    nodeReducer: (id, look) => nodeOf(stage as Stage, id, look),
    edgeReducer: (edge, look) => edgeOf(stage as Stage, edge, look, graph),
    ...styled(stage as Stage, graph, box),
  });
  const whole: Stage = Object.assign(stage, { sigma });
  sigma.on('enterNode', ({ node }) => void (whole.hovered = node));
  sigma.on('leaveNode', () => void (whole.hovered = null));
  signLayer(whole);
  nameAll(whole);
  if (graph.order) sigma.setGraph(graph);
  // names are measured again once the letters are here
  if (document.fonts.status !== 'loaded') void document.fonts.ready.then(() => whole.alive && sigma.scheduleRender());
  return whole;
}

export function end(stage: Stage): void {
  stage.alive = false;
  stage.sigma.kill();
}

function styled(stage: Stage, graph: Drawing, box: HTMLElement) {
  const font = fontOf(box);
  const few = graph.order <= NAMES_ALL;
  return {
    // room for the names of those at the rim
    stagePadding: few ? 76 : box.clientWidth < 500 ? 40 : 48,
    hideEdgesOnMove: graph.size > HIDES_LINKS,
    // a thinner line breaks into dots, and would be taken for one that does not hold
    minEdgeThickness: graph.size > HIDES_LINKS ? 0.5 : 1.6,
    labelRenderedSizeThreshold: few ? 0 : graph.order > BIG ? 5 : 6,
    labelDensity: few ? 1.4 : graph.order > BIG ? 0.25 : 0.6,
    labelGridCellSize: few ? 70 : 130,
    enableEdgeEvents: graph.size <= HIDES_LINKS,
    defaultDrawNodeLabel: labelCollector(font, stage.wishes),
    defaultDrawNodeHover: hoverDrawer(stage, font),
  };
}

/** Draws what the graph holds now, in these colours and with these marks: in the next frame, the first time at once. */
export function restyle(stage: Stage, graph: Drawing, paint: Paint, marks: Marks): void {
  const { sigma } = stage;
  const isKnown = sigma.getGraph() === graph;
  if (!isKnown && !graph.order) return;
  Object.assign(stage, { paint, marks, near: nearOf(graph, marks) });
  sigma.setSettings(styled(stage, graph, sigma.getContainer()));
  if (!isKnown) sigma.setGraph(graph);
}

/** Who is not faint; nobody is, while nothing is marked. */
function nearOf(graph: Drawing, { picked, chosen, edge, ways }: Marks): Set<string> {
  if (ways.size) return new Set(ways);
  const near = new Set<string>(chosen);
  if (picked !== null && graph.hasNode(picked)) for (const id of [picked, ...graph.neighbors(picked)]) near.add(id);
  if (edge !== null && graph.hasEdge(edge)) near.add(graph.source(edge)).add(graph.target(edge));
  return near;
}

function nodeOf({ paint, marks, near }: Stage, id: string, look: NodeDrawn) {
  const on = !near.size || near.has(id);
  const chosen = marks.chosen.has(id);
  const first = marks.picked === id || marks.ways.has(id);
  const marked = marks.picked === id || chosen;
  if (!on) return { ...look, color: mixed(look.color, paint.paper, FAINT), label: '', zIndex: 0 };
  return { ...look, zIndex: marked ? 2 : 1, forceLabel: first || chosen, first, ahead: chosen, highlighted: marked };
}

function edgeOf({ paint, marks, near }: Stage, edge: string, look: EdgeDrawn, graph: Drawing) {
  if (!near.size) return { ...look, zIndex: 0 };
  const [source, target] = graph.extremities(edge);
  if (marks.edge === edge) return { ...look, color: paint.ink, size: Math.max(3, look.size), zIndex: 2 };
  const own = marks.picked !== null && (source === marks.picked || target === marks.picked);
  if (own || (marks.ways.size && marks.ways.has(source) && marks.ways.has(target))) {
    const other = graph.getNodeAttributes(source === marks.picked ? target : source);
    return { ...look, color: marks.ways.size ? paint.ink : look.type === 'likely' ? look.color : mixed(other.color, paint.paper, 0.75), size: Math.max(1.8, look.size), zIndex: 1 };
  }
  return { ...look, color: mixed(paint.line, paint.paper, 0.35), hidden: graph.size > HIDES_LINKS, zIndex: 0 };
}

export function zoom({ sigma }: Stage, by: 'in' | 'out'): void {
  void (by === 'in' ? sigma.getCamera().animatedZoom() : sigma.getCamera().animatedUnzoom());
}

export function fit({ sigma }: Stage): void {
  sigma.setCustomBBox(null);
  sigma.refresh();
  void sigma.getCamera().animatedReset();
}

export const placesOf = (graph: Drawing): Points => new Map(graph.mapNodes((id, { x, y }) => [id, { x, y }]));

/** Who stands inside a line on the screen. */
export function within({ sigma }: Stage, line: readonly Point[]): string[] {
  return sigma.getGraph().filterNodes((_, place) => inside(sigma.graphToViewport(place), line));
}

/** What is seen now, as a PNG. */
export async function picture({ sigma, paint }: Stage): Promise<Blob> {
  const drawn = new Promise((ready) => sigma.once('afterRender', () => ready(null)));
  sigma.scheduleRefresh();
  await drawn;
  const layers = Object.values(sigma.getCanvases());
  const paper = document.createElement('canvas');
  [paper.width, paper.height] = [layers[0]?.width ?? 1, layers[0]?.height ?? 1];
  const context = paper.getContext('2d');
  if (context) {
    context.fillStyle = paint.paper;
    context.fillRect(0, 0, paper.width, paper.height);
    for (const layer of layers) context.drawImage(layer, 0, 0, paper.width, paper.height);
  }
  return new Promise((done, fail) => paper.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'));
}
