/** The signs of types inside discs that are large enough for one, on a layer of their own. */
import { discsOf } from './discs';
import type { Disc } from './names';
import type { Stage } from './stage';

const LAYER = 'signs';
const LEAST = 8.5;
const MOST_RECORDS = 600;
const BOX = 24;

const outlines = new Map<string, Path2D>();

function outlineOf(line: string): Path2D {
  const known = outlines.get(line) ?? new Path2D(line);
  outlines.set(line, known);
  return known;
}

/** Adds the layer; the signs are drawn with every frame of the drawing. */
export function signLayer(stage: Stage): void {
  const { sigma } = stage;
  sigma.createCanvasContext(LAYER, { style: { pointerEvents: 'none' } });
  sigma.resize(true);
  sigma.on('afterRender', () => drawSigns(stage));
}

/** Draws the signs of types that came after the records; nothing else is drawn for it. */
export function resign(stage: Stage, signs: Stage['signs']): void {
  stage.signs = signs;
  drawSigns(stage);
}

function drawSigns(stage: Stage): void {
  const { sigma } = stage;
  const context = sigma.getCanvases()[LAYER]?.getContext('2d');
  if (!context) return;
  const { width, height } = sigma.getDimensions();
  context.clearRect(0, 0, width, height);
  const graph = sigma.getGraph();
  if (graph.order > MOST_RECORDS) return;
  context.lineCap = context.lineJoin = 'round';
  for (const disc of uppermost(discsOf(sigma))) one(stage, context, disc, stage.signs.get(graph.getNodeAttribute(disc.id, 'kind')));
}

/** Those whose middle no later disc covers: a sign is not seen through the disc that lies above it. */
export function uppermost<T extends Disc>(discs: readonly T[]): T[] {
  return discs.filter((under, place) => {
    if (under.size < LEAST) return false;
    for (let above = place + 1; above < discs.length; above++) {
      const over = discs[above];
      if (over && (over.x - under.x) ** 2 + (over.y - under.y) ** 2 < over.size ** 2) return false;
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
