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
    graph.forEachNode((id, { kind }) => one(stage, context, id, stage.signs.get(kind)));
  });
}

function one({ sigma, paint }: Stage, context: CanvasRenderingContext2D, id: string, lines: readonly string[] | undefined): void {
  const shown = sigma.getNodeDisplayData(id);
  if (!lines || !shown) return;
  const size = sigma.scaleSize(shown.size);
  if (size < LEAST) return;
  const { x, y } = sigma.framedGraphToViewport(shown);
  const scale = (size * 1.15) / BOX;
  context.save();
  context.translate(x - (BOX * scale) / 2, y - (BOX * scale) / 2);
  context.scale(scale, scale);
  context.strokeStyle = paint.paper;
  context.lineWidth = 2;
  for (const line of lines) context.stroke(outlineOf(line));
  context.restore();
}
