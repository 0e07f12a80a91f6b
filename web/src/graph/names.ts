/** Where names stand, so that they do not cover each other. Pure. */
export interface Disc {
  x: number;
  y: number;
  size: number;
}

/** A name that wants to be drawn at its disc. */
export interface Wish extends Disc {
  key: string;
  text: string;
  /** How long it is in letters of its size, and how high these are. */
  long: number;
  high: number;
  /** Drawn whatever the crowd: its record is picked, or on a way that was asked for. */
  first: boolean;
  /** Finds room before others do, and gives way where there is none: its record is one of those that are chosen. */
  ahead: boolean;
}

/** A name with the middle of its line and its base. */
export interface Name extends Wish {
  middle: number;
  base: number;
}

export interface Sheet {
  width: number;
  high: number;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

const EDGE = 4;
const GAP = 2;
const APART = 3;
const OVER = 6;

const meet = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const boxOf = ({ long, high, middle, base }: Name): Box => [middle - long / 2 - APART, base - high, middle + long / 2 + APART, base + APART];
const around = ({ x, y, size }: Disc): Box => [x - size, y - size, x + size, y + size];

const rank = ({ first, ahead }: Wish): number => (first ? 2 : Number(ahead));

/** The middle of a name that is as near to its disc as the drawing's edges let it be; off the drawing it stays under the disc. */
export function kept(middle: number, long: number, whole: number): number {
  const half = long / 2 + EDGE;
  if (middle < 0 || middle > whole) return middle;
  return half * 2 > whole ? whole / 2 : Math.min(Math.max(middle, half), whole - half);
}

/** Names that do not cover each other, those wanted more and those of larger discs before others: under the disc or over it, best where no disc is. */
export function placed(wishes: readonly Wish[], discs: readonly Disc[], { width, high }: Sheet): Name[] {
  const names: Name[] = [];
  const taken: Box[] = [];
  const crowd = discs.map(around);
  for (const wish of [...wishes].sort((a, b) => rank(b) - rank(a) || b.size - a.size)) {
    const middle = kept(wish.x, wish.long, width);
    const [under, over] = [wish.y + wish.size + wish.high + GAP, wish.y - wish.size - OVER];
    const isLow = under > high - EDGE && wish.y < high;
    const spots = (isLow ? [over] : [under, over]).map((base) => ({ ...wish, middle, base }));
    const free = spots.filter((name) => !taken.some((box) => meet(box, boxOf(name))));
    const name = free.find((each) => !crowd.some((box) => meet(box, boxOf(each)))) ?? free[0] ?? (wish.first ? spots[0] : undefined);
    if (!name) continue;
    names.push(name);
    taken.push(boxOf(name));
  }
  return names;
}
