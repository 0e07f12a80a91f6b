/** Where the records of several ways between two records stand when they are drawn: pure, so that it can be tested. */
export interface Way {
  records: readonly { id: string; title: string; type: string }[];
}

export interface Spot {
  id: string;
  title: string;
  type: string;
  x: number;
  y: number;
  /** How many letters of its name have room in a line. */
  letters: number;
  end: boolean;
}

export interface Leg {
  key: string;
  from: Spot;
  to: Spot;
  /** The ways that it is part of, with its place in each. */
  ways: { way: number; step: number }[];
}

export interface Drawn {
  height: number;
  spots: Spot[];
  legs: Leg[];
}

const EDGE = 76;
const LETTER = 7.4;
const WIDEST = 24;

/** One lane a way that leads over records of its own, the best on top; a shared record stands in the lane of the best, between its places. */
export function drawnWays(ways: readonly Way[], width: number, lane: number): Drawn {
  const spots = new Map<string, Spot>();
  const places = new Map<string, number[]>();
  let lanes = 0;
  for (const { records } of ways) {
    const last = Math.max(records.length - 1, 1);
    const own = records.slice(1, -1).some(({ id }) => !spots.has(id));
    records.forEach((record, place) => {
      places.set(record.id, [...(places.get(record.id) ?? []), place / last]);
      if (spots.has(record.id)) return;
      const end = place === 0 || place === last;
      const letters = Math.min(Math.floor((end ? EDGE * 1.9 : ((width - 2 * EDGE) / last) * 0.72) / LETTER), WIDEST);
      spots.set(record.id, { ...record, x: 0, y: (lanes + 0.5) * lane, letters, end });
    });
    if (own) lanes += 1;
  }
  const height = Math.max(lanes, 1) * lane;
  for (const spot of spots.values()) {
    const shares = places.get(spot.id) ?? [0];
    spot.x = EDGE + (width - 2 * EDGE) * (shares.reduce((sum, each) => sum + each, 0) / shares.length);
    if (spot.end) spot.y = height / 2;
  }
  return { height, spots: [...spots.values()], legs: legsOf(ways, spots) };
}

function legsOf(ways: readonly Way[], spots: ReadonlyMap<string, Spot>): Leg[] {
  const legs = new Map<string, Leg>();
  ways.forEach(({ records }, way) =>
    records.slice(1).forEach((record, step) => {
      const from = spots.get(records[step]!.id)!;
      const to = spots.get(record.id)!;
      const key = [from.id, to.id].sort().join(' ');
      const leg = legs.get(key) ?? { key, from, to, ways: [] };
      leg.ways.push({ way, step });
      legs.set(key, leg);
    }),
  );
  return [...legs.values()];
}

/** A name in two lines at most, each with no more letters than have room. */
export function linesOf(title: string, letters: number): string[] {
  if (title.length <= letters) return [title];
  const room = title.slice(0, letters + 1).lastIndexOf(' ');
  if (room < letters / 3) return [cutTo(title, letters)];
  return [title.slice(0, room), cutTo(title.slice(room + 1), letters)];
}

/** As much of a name as has room. */
const cutTo = (title: string, letters: number): string =>
  title.length > letters ? `${title.slice(0, Math.max(letters - 1, 3)).trimEnd()}…` : title;
