/** Where the records of several paths stand when they are drawn as one stream: pure, so that it can be tested. */
export interface PathOf {
  steps: readonly { id: string; title: string; type: string }[];
  weight: number;
}

export interface Stop {
  key: string;
  id: string;
  title: string;
  type: string;
  column: number;
  weight: number;
  y: number;
  height: number;
}

export interface Flow {
  path: number;
  from: Stop;
  to: Stop;
  /** Middles of the stream at its two ends, and how thick it is. */
  y0: number;
  y1: number;
  thick: number;
}

export interface Layers {
  columns: number;
  stops: Stop[];
  flows: Flow[];
}

const TOP = 26;
const GAP = 64;
/** What a name under the last stop needs. */
const FOOT = 26;
/** What a name above a stop needs. */
const NAME = 24;

/**
 * Paths end in the last column, where the record itself stands; a record that several share stands once in a column.
 * What brings `total` fills the height: that of all paths, unless two drawings are to be of one scale.
 */
export function layersOf(paths: readonly PathOf[], height: number, total = weightOf(paths)): Layers {
  const columns = Math.max(...paths.map((path) => path.steps.length), 1);
  const stops = new Map<string, Stop>();
  const at = (path: PathOf, place: number): Stop => {
    const step = path.steps[place]!;
    const column = columns - path.steps.length + place;
    const key = `${column} ${step.id}`;
    const found = stops.get(key) ?? { ...step, key, column, weight: 0, y: 0, height: 0 };
    stops.set(key, found);
    return found;
  };
  for (const path of paths) path.steps.forEach((_, place) => (at(path, place).weight += path.weight));

  const fullest = Math.max(...Array.from({ length: columns }, (_, column) => [...stops.values()].filter((stop) => stop.column === column).length));
  const scale = (height - TOP - FOOT - Math.max(GAP, (fullest - 1) * NAME)) / (total || 1);
  for (let column = 0; column < columns; column++) spread([...stops.values()].filter((stop) => stop.column === column), scale, height);

  const outgoing = new Map<string, number>();
  const incoming = new Map<string, number>();
  const flows = paths.flatMap((path, index) =>
    path.steps.slice(1).map((_, place) => {
      const from = at(path, place);
      const to = at(path, place + 1);
      const thick = path.weight * scale;
      const y0 = from.y + (outgoing.get(from.key) ?? 0) + thick / 2;
      const y1 = to.y + (incoming.get(to.key) ?? 0) + thick / 2;
      outgoing.set(from.key, (outgoing.get(from.key) ?? 0) + thick);
      incoming.set(to.key, (incoming.get(to.key) ?? 0) + thick);
      return { path: index, from, to, y0, y1, thick };
    }),
  );
  return { columns, stops: [...stops.values()], flows };
}

const weightOf = (paths: readonly PathOf[]): number => paths.reduce((sum, path) => sum + path.weight, 0);

/** The stops of one column, in the middle of the height, with room for their names between them. */
function spread(column: Stop[], scale: number, height: number): void {
  for (const stop of column) stop.height = Math.max(3, stop.weight * scale);
  const filled = column.reduce((sum, stop) => sum + stop.height, 0);
  const gap = column.length > 1 ? Math.min(GAP, (height - TOP - FOOT - filled) / (column.length - 1)) : 0;
  let y = TOP + (height - TOP - FOOT - filled - gap * (column.length - 1)) / 2;
  for (const stop of column) {
    stop.y = y;
    y += stop.height + gap;
  }
}
