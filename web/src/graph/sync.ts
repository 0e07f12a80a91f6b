/** Brings a graphology graph to what is to be drawn, keeping where records stand; newcomers begin beside who they are linked to. */
import Graph from 'graphology';
import type { Point, Points } from './layouts';
import type { EdgeLook, Looks } from './looks';

export interface NodeDrawn {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
  kind: string;
  /** Pinned: layouts leave it where it is. */
  fixed: boolean;
}

export interface EdgeDrawn {
  size: number;
  color: string;
  type: string;
  links: readonly string[];
}

/** Of the whole: how often something in it was changed by us, not by a layout. */
export interface Changes {
  version: number;
}

export type Drawing = Graph<NodeDrawn, EdgeDrawn, Changes>;

export function emptyDrawing(): Drawing {
  const graph: Drawing = new Graph({ type: 'directed', multi: false });
  graph.setAttribute('version', 0);
  return graph;
}

const NEAR = 18;
const TURN = Math.PI * (3 - Math.sqrt(5));

/** Keeps where records stand now. */
export function remember(graph: Drawing, places: Points): void {
  graph.forEachNode((id, { x, y }) => places.set(id, { x, y }));
}

/** Who came that had no place before; where the others stand, also those who leave, is kept in `places`. */
export function sync(graph: Drawing, looks: Looks, places: Points): string[] {
  remember(graph, places);
  const came = [...looks.nodes.keys()].filter((id) => !graph.hasNode(id));
  for (const id of graph.filterNodes((each) => !looks.nodes.has(each))) graph.dropNode(id);
  const strangers = came.filter((id) => !places.has(id));
  const beside = strangers.length && graph.order ? neighboursIn(looks.edges.values()) : null;
  came.forEach((id, at) => {
    const place = places.get(id) ?? startOf(id, at, graph, beside);
    graph.addNode(id, { ...place, fixed: false, ...looks.nodes.get(id)! });
  });
  if (graph.order > came.length) graph.updateEachNodeAttributes((id, attributes) => ({ ...attributes, ...looks.nodes.get(id) }));
  for (const edge of graph.filterEdges((each) => !looks.edges.has(each))) graph.dropEdge(edge);
  for (const [key, { source, target, ...look }] of looks.edges) {
    if (graph.hasEdge(key)) graph.mergeEdgeAttributes(key, look);
    else graph.addEdgeWithKey(key, source, target, look);
  }
  graph.updateAttribute('version', (count = 0) => count + 1);
  return strangers;
}

function neighboursIn(edges: Iterable<EdgeLook>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (id: string, other: string): void => {
    const own = found.get(id);
    if (own) own.push(other);
    else found.set(id, [other]);
  };
  for (const { source, target } of edges) {
    add(source, target);
    add(target, source);
  }
  return found;
}

function startOf(id: string, at: number, graph: Drawing, beside: Map<string, string[]> | null): Point {
  const known = beside?.get(id)?.find((each) => graph.hasNode(each));
  if (!known) return { x: Math.cos(at * TURN) * NEAR * Math.sqrt(at), y: Math.sin(at * TURN) * NEAR * Math.sqrt(at) };
  const { x, y } = graph.getNodeAttributes(known);
  const out = NEAR * (1 + Math.sqrt(at) * 0.4);
  return { x: x + Math.cos(at * TURN) * out, y: y + Math.sin(at * TURN) * out };
}

/** Puts everything where a layout says, but for what is pinned. */
export function move(graph: Drawing, places: Points): void {
  graph.updateEachNodeAttributes((id, attributes) => {
    const place = attributes.fixed ? undefined : places.get(id);
    return place ? { ...attributes, x: place.x, y: place.y } : attributes;
  });
}
