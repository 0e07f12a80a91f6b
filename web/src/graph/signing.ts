/** The signs of types inside discs that are large enough for one, on a layer of their own. */
import type { Stage } from './stage';

const LEAST = 8.5;
const MOST_RECORDS = 600;
const BOX = 24;

const outlines = new Map<string, Path2D>();

function outlineOf(line: string): Path2D {
  const known = outlines.get(line) ?? new Path2D(line);
  outlines.set(line, known);
  return known;
}

export function drawSigns(stage: Stage): void {
  const { sigma } = stage;
  sigma.createCanvasContext('signs', { style: { pointerEvents: 'none' } });
  sigma.resize(true);
  const context = sigma.getCanvases().signs?.getContext('2d');
  if (!context) return;
  sigma.on('afterRender', () => {
    const { width, height } = sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    const graph = sigma.getGraph();
    if (graph.order > MOST_RECORDS) return;
    context.lineCap = context.lineJoin = 'round';
    for (const { id, disc } of uppermost(discsOf(stage))) one(stage, context, disc, stage.signs.get(graph.getNodeAttribute(id, 'kind')));
  });
}

export interface Disc {
  x: number;
  y: number;
  size: number;
}

interface Placed {
  id: string;
  disc: Disc;
}

/** Where each shown record is drawn, in pixels, the lowest first. */
function discsOf({ sigma }: Stage): Placed[] {
  return sigma.getGraph().nodes().flatMap((id) => {
    const shown = sigma.getNodeDisplayData(id);
    if (!shown || shown.hidden) return [];
    return [{ id, disc: { ...sigma.framedGraphToViewport(shown), size: sigma.scaleSize(shown.size) } }];
  });
}

/** Those whose middle no later disc covers: a sign is not seen through the disc that lies above it. */
export function uppermost<T extends { disc: Disc }>(discs: readonly T[]): T[] {
  return discs.filter(({ disc: under }, place) => {
    if (under.size < LEAST) return false;
    for (let above = place + 1; above < discs.length; above++) {
      const over = discs[above]?.disc;
      if (over && Math.hypot(over.x - under.x, over.y - under.y) < over.size) return false;
    }
    return true;
  });
}

function one({ paint }: Stage, context: CanvasRenderingContext2D, { x, y, size }: Disc, lines: readonly string[] | undefined): void {
  if (!lines) return;
  const scale = (size * 1.15) / BOX;
  context.save();
  context.translate(x - (BOX * scale) / 2, y - (BOX * scale) / 2);
  context.scale(scale, scale);
  context.strokeStyle = paint.paper;
  context.lineWidth = 2;
  for (const line of lines) context.stroke(outlineOf(line));
  context.restore();
}
