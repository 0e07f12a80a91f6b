/** What a reader does on the drawing: picks, opens, drags (which pins); and the browser, which may take the context away. */
import type { Stage } from './stage';

export interface Told {
  onPick: (id: string | null, more: boolean) => void;
  onPickLink: (edge: string) => void;
  onOpen: (id: string) => void;
  onPinned: (id: string) => void;
  onLost: () => void;
}

const more = (event: MouseEvent | TouchEvent): boolean => event.shiftKey || event.ctrlKey || event.metaKey;

export function follow(stage: Stage, told: Told): () => void {
  const { sigma } = stage;
  sigma.on('clickNode', ({ node, event }) => told.onPick(node, more(event.original)));
  sigma.on('clickStage', () => told.onPick(null, false));
  sigma.on('clickEdge', ({ edge }) => told.onPickLink(edge));
  sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    told.onOpen(node);
  });
  const cursor = (name: string) => () => void (sigma.getContainer().style.cursor = name);
  for (const what of ['Node', 'Edge'] as const) {
    sigma.on(`enter${what}`, cursor('pointer'));
    sigma.on(`leave${what}`, cursor(''));
  }
  dragging(stage, told.onPinned);
  const forgetLoss = losing(stage, told.onLost);
  const sized = new ResizeObserver(() => {
    const { width, height } = sigma.getDimensions();
    sigma.resize();
    const now = sigma.getDimensions();
    if (now.width !== width || now.height !== height) sigma.scheduleRender();
  });
  sized.observe(sigma.getContainer());
  return () => {
    forgetLoss();
    sized.disconnect();
  };
}

function dragging({ sigma }: Stage, onPinned: (id: string) => void): void {
  let held: string | null = null;
  let moved = false;
  sigma.on('downNode', ({ node }) => {
    [held, moved] = [node, false];
  });
  sigma.on('moveBody', ({ event }) => {
    const graph = sigma.getGraph();
    if (held === null || !graph.hasNode(held)) return;
    if (!moved) {
      // the drawing must not grow under the hand
      sigma.setCustomBBox(sigma.getBBox());
      graph.setNodeAttribute(held, 'fixed', true);
    }
    moved = true;
    graph.mergeNodeAttributes(held, sigma.viewportToGraph(event));
    event.preventSigmaDefault();
    event.original.preventDefault();
  });
  const drop = (): void => {
    if (held !== null && moved) onPinned(held);
    held = null;
  };
  sigma.on('upNode', drop);
  sigma.on('upStage', drop);
}

/** Tells of the loss once; sigma itself gives the context up when it ends, which is none. */
function losing({ sigma }: Stage, onLost: () => void): () => void {
  const canvases = Object.values(sigma.getCanvases());
  const lost = (event: Event): void => {
    event.preventDefault();
    forget();
    setTimeout(onLost, 50);
  };
  const forget = (): void => {
    for (const canvas of canvases) canvas.removeEventListener('webglcontextlost', lost);
  };
  for (const canvas of canvases) canvas.addEventListener('webglcontextlost', lost);
  return forget;
}
