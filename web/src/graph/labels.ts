/** Names under discs, right in either direction of writing, with a halo so that lines do not cross them. */
import type { Settings } from 'sigma/settings';
import type { Paint } from './colors';
import type { EdgeDrawn, NodeDrawn } from './sync';

type Draw = Settings<NodeDrawn, EdgeDrawn>['defaultDrawNodeLabel'];
type DrawHover = Settings<NodeDrawn, EdgeDrawn>['defaultDrawNodeHover'];

const LONGEST = 34;
const EDGE = 4;
/** Letters of scripts that are written from right to left. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export const shortened = (text: string): string => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join('')}…` : text);

export const directionOf = (text: string): 'rtl' | 'ltr' => (FROM_RIGHT.test(text) ? 'rtl' : 'ltr');

/** The middle of a name that is as near to its disc as the drawing's edges let it be; off the drawing it stays under the disc. */
export function kept(middle: number, long: number, whole: number): number {
  const half = long / 2 + EDGE;
  if (middle < 0 || middle > whole) return middle;
  return half * 2 > whole ? whole / 2 : Math.min(Math.max(middle, half), whole - half);
}

export function labelDrawer(paint: Paint, font: string): Draw {
  return (context, { label, x, y, size }) => {
    if (!label) return;
    const text = shortened(label);
    const height = size > 14 ? 13 : 11.5;
    context.font = `${size > 11 ? 620 : 520} ${height}px ${font}`;
    context.direction = directionOf(text);
    context.textAlign = 'center';
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = paint.paper;
    context.fillStyle = size > 6 ? paint.ink : paint.quiet;
    const { width, high } = sheetOf(context);
    const middle = kept(x, context.measureText(text).width, width);
    const under = y + size + height + 2;
    const down = under > high - EDGE && y < high ? y - size - 6 : under;
    context.strokeText(text, middle, down);
    context.fillText(text, middle, down);
  };
}

/** The drawing's measure in the pixels that labels are placed by. */
function sheetOf(context: CanvasRenderingContext2D): { width: number; high: number } {
  const { a, d } = context.getTransform();
  return { width: context.canvas.width / (a || 1), high: context.canvas.height / (d || 1) };
}

/** Who the pointer is on: a ring, and its name whatever the crowd. */
export function hoverDrawer(paint: Paint, font: string): DrawHover {
  const name = labelDrawer(paint, font);
  return (context, data, settings) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3.5, 0, 2 * Math.PI);
    context.strokeStyle = data.color;
    context.lineWidth = 2;
    context.stroke();
    name(context, data, settings);
  };
}
