/** Names under discs, right in either direction of writing, with a halo so that lines do not cross them. */
import type { Settings } from 'sigma/settings';
import type { Paint } from './colors';
import { discsOf } from './discs';
import { placed, type Name, type Sheet, type Wish } from './names';
import type { Stage } from './stage';
import type { EdgeDrawn, NodeDrawn } from './sync';

type Draw = Settings<NodeDrawn, EdgeDrawn>['defaultDrawNodeLabel'];
/** What our drawing adds to what sigma hands over. */
type Wanted = Partial<Pick<Wish, 'key' | 'first' | 'ahead'>>;
type DrawHover = Settings<NodeDrawn, EdgeDrawn>['defaultDrawNodeHover'];

const LONGEST = 34;
/** Letters of scripts that are written from right to left. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export const shortened = (text: string, longest = LONGEST): string => ([...text].length > longest ? `${[...text].slice(0, longest - 1).join('')}…` : text);

export const directionOf = (text: string): 'rtl' | 'ltr' => (FROM_RIGHT.test(text) ? 'rtl' : 'ltr');

/** Up to so many records names keep off their discs where they can. */
const MOST_KEPT_OFF = 600;

/** Takes down which names are wanted; they are drawn together when all are known, see `nameAll`. */
export const labelCollector = (font: string, wishes: Wish[]): Draw => (context, data) => {
  const wish = wishOf(context, data, font);
  if (wish) wishes.push(wish);
};

/** Draws the names that find room, on a layer over everything else. */
export function nameAll(stage: Stage): void {
  const { sigma, wishes } = stage;
  sigma.createCanvasContext('names', { style: { pointerEvents: 'none' } });
  sigma.resize(true);
  const context = sigma.getCanvases().names?.getContext('2d');
  if (!context) return;
  sigma.on('beforeRender', () => void (wishes.length = 0));
  sigma.on('afterRender', () => {
    const { width, height } = sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    const discs = sigma.getGraph().order > MOST_KEPT_OFF ? [] : discsOf(sigma);
    const names = placed(wishes, discs, { width, high: height });
    stage.named = new Set(names.map(({ key }) => key));
    drawNames(context, names, stage.paint, fontOf(sigma.getContainer()));
  });
}

export const fontOf = (box: HTMLElement): string => getComputedStyle(box).fontFamily;

function wishOf(context: CanvasRenderingContext2D, { label, x, y, size, ...more }: Parameters<Draw>[1], font: string): Wish | null {
  if (!label) return null;
  const text = shortened(label);
  const high = size > 14 ? 13 : 11.5;
  context.font = lettersOf(size, high, font);
  const { key = '', first = false, ahead = false } = more as Wanted;
  return { key, text, x, y, size, high, long: context.measureText(text).width, first, ahead };
}

const lettersOf = (size: number, high: number, font: string): string => `${size > 11 ? 620 : 520} ${high}px ${font}`;

export function drawNames(context: CanvasRenderingContext2D, names: readonly Name[], paint: Paint, font: string): void {
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = paint.paper;
  for (const { text, size, high, middle, base } of names) {
    context.font = lettersOf(size, high, font);
    context.direction = directionOf(text);
    context.fillStyle = size > 6 ? paint.ink : paint.quiet;
    context.strokeText(text, middle, base);
    context.fillText(text, middle, base);
  }
}

/** The drawing's measure in the pixels that labels are placed by. */
function sheetOf(context: CanvasRenderingContext2D): Sheet {
  const { a, d } = context.getTransform();
  return { width: context.canvas.width / (a || 1), high: context.canvas.height / (d || 1) };
}

/** A ring around whoever is picked, chosen or under the pointer; under the pointer the name too, whatever the crowd, unless it is drawn. */
export const hoverDrawer = (stage: Pick<Stage, 'paint' | 'hovered' | 'named'>, font: string): DrawHover => (context, data) => {
  context.beginPath();
  context.arc(data.x, data.y, data.size + 3.5, 0, 2 * Math.PI);
  context.strokeStyle = data.color;
  context.lineWidth = 2;
  context.stroke();
  const wish = wishOf(context, data, font);
  if (!wish || wish.key !== stage.hovered || stage.named.has(wish.key)) return;
  drawNames(context, placed([{ ...wish, first: true }], [], sheetOf(context)), stage.paint, font);
};
