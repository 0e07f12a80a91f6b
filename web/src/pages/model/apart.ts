/** Where the words of lines stand so that none covers another, nor a card. Pure. */
import { CARD, type Spot } from './layout';

export interface Words {
  x: number;
  y: number;
  text: string;
}

const HIGH = 22;
const STEP = 23;
const STEPS = 12;
const widthOf = (text: string): number => text.length * 6.6 + 18;

/** How far words may be moved, the nearest first. */
const MOVES = Array.from({ length: 2 * STEPS + 1 }, (_, row) => row - STEPS)
  .flatMap((row) => Array.from({ length: 2 * STEPS + 1 }, (_, column) => ({ x: (column - STEPS) * STEP, y: (row - STEPS) * STEP })))
  .sort((one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y));

/** The same words, each where it would stand or at the nearest place that is free; where it would where none is. */
export function apart(words: readonly Words[], spots: Iterable<Spot>): Words[] {
  const cards = [...spots];
  const placed: Words[] = [];
  for (const { x, y, text } of words) {
    const move = MOVES.find((by) => isFree({ x: x + by.x, y: y + by.y, text }, placed, cards)) ?? { x: 0, y: 0 };
    placed.push({ x: x + move.x, y: y + move.y, text });
  }
  return placed;
}

function isFree(one: Words, others: readonly Words[], cards: readonly Spot[]): boolean {
  const [wide, { x, y }] = [widthOf(one.text), one];
  const covers = (at: { x: number; y: number }, width: number, height: number): boolean =>
    Math.abs(x - at.x) < (wide + width) / 2 && Math.abs(y - at.y) < (HIGH + height) / 2;
  return !others.some((each) => covers(each, widthOf(each.text), HIGH)) && !cards.some((each) => covers(each, CARD.width, CARD.height));
}
