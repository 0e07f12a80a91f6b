/** Names under discs, right in either direction of writing, with a halo so that lines do not cross them. */
import type { Settings } from 'sigma/settings';
import type { Paint } from './colors';
import type { EdgeDrawn, NodeDrawn } from './sync';

type Draw = Settings<NodeDrawn, EdgeDrawn>['defaultDrawNodeLabel'];
type DrawHover = Settings<NodeDrawn, EdgeDrawn>['defaultDrawNodeHover'];

const LONGEST = 34;
/** Letters of scripts that are written from right to left. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export const shortened = (text: string): string => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join('')}…` : text);

export const directionOf = (text: string): 'rtl' | 'ltr' => (FROM_RIGHT.test(text) ? 'rtl' : 'ltr');

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
    const down = y + size + height + 2;
    context.strokeText(text, x, down);
    context.fillText(text, x, down);
  };
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
