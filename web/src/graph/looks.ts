/** How each shown record and link looks: what the renderer is handed, and what pictures and files are made of. Pure. */
import type { Colouring, Sizing } from './choices';
import { communityColor, mixed, paintOf, shadeOf, typeColor, type Paint } from './colors';
import { GROUP } from './groups';
import { likelyKey, likelyOf, type LikelyLink } from './likely';
import { degrees, type Scene, type SceneLink, type SceneRecord } from './scene';
import { radiusOf, sharesOf, type Measure, type Scores } from './scores';
import type { Shown } from './showing';

export interface NodeLook {
  label: string;
  size: number;
  color: string;
  kind: string;
}

export interface EdgeLook {
  source: string;
  target: string;
  size: number;
  color: string;
  /** Drawn with an arrow, plain in a crowd, dashed where a link does not hold now, finely dashed where nobody recorded it. */
  type: 'arrow' | 'line' | 'dashed' | 'likely';
  links: readonly string[];
}

export interface Looks {
  nodes: Map<string, NodeLook>;
  edges: Map<string, EdgeLook>;
  big: boolean;
}

/** Above this many records they are points and links plain lines: several times the frame rate in software. */
export const BIG = 3000;
const ARROWS = 1500;
/** How much larger the disc of a group is. */
const OF_MANY = 1.3;

export interface Style {
  size: Sizing;
  color: Colouring;
  dark: boolean;
  typeColors: ReadonlyMap<string, string>;
  symmetric: ReadonlySet<string>;
  scores: Scores;
  today: string;
}

export function looksOf(scene: Scene, shown: Shown, style: Style): Looks {
  const links = [...shown.links].flatMap((key) => scene.links.get(key) ?? []);
  const paint = paintOf(style.dark);
  const degree = degrees(links);
  const share = (measure: Measure) => sharesOf(measure, shown.records, degree, style.scores);
  const sizes = style.size === 'same' ? null : share(style.size);
  const shades = style.color === 'type' || style.color === 'community' ? null : share(style.color);
  const nodes = new Map<string, NodeLook>();
  for (const id of shown.records) {
    const record = scene.records.get(id);
    if (!record) continue;
    const size = radiusOf(sizes ? sizes.get(id) : 0.25, shown.records.size) * (record.members ? OF_MANY : 1);
    nodes.set(id, { label: record.title, size, color: colorOf(record, style, paint, shades), kind: record.members ? GROUP : record.type });
  }
  const big = shown.records.size > BIG;
  const edges = edgesOf(shown.links, scene, style, paint, big || links.length > ARROWS);
  for (const link of likelyOf(scene, shown)) edges.set(`${link.source} ${link.target}`, likelyLook(link, paint));
  return { nodes, edges, big };
}

function colorOf(record: SceneRecord, style: Style, paint: Paint, shades: ReadonlyMap<string, number> | null): string {
  if (style.color === 'community') return communityColor(style.scores.get(record.id)?.community, paint);
  if (shades) return shadeOf(shades.get(record.id), style.color, paint);
  return typeColor(style.typeColors.get(record.type) ?? '', paint);
}

/** One line a direction between two records, whatever relations join them; symmetric relations have no direction. */
function edgesOf(keys: Iterable<string>, scene: Scene, style: Style, paint: Paint, plain: boolean): Map<string, EdgeLook> {
  const edges = new Map<string, EdgeLook & { links: string[] }>();
  const color = plain ? mixed(paint.line, paint.paper, 0.45) : paint.line;
  for (const key of keys) {
    const link = scene.links.get(key);
    if (!link) continue;
    const { source, target } = link;
    const place = `${source} ${target}`;
    const known = edges.get(place);
    if (known) {
      known.links.push(key);
      known.size = Math.min(4, known.size + 0.5);
      continue;
    }
    edges.set(place, { source, target, size: plain ? 0.4 : widthOf(link), color, type: typeOf(link, style, plain), links: [key] });
  }
  return edges;
}

const likelyLook = (link: LikelyLink, paint: Paint): EdgeLook => ({
  source: link.source, target: link.target, size: 1.4 + link.score, color: paint.likely, type: 'likely', links: [likelyKey(link)],
});

const widthOf = (link: SceneLink): number => Math.min(4, 1.2 + Math.log2(Math.max(1, link.count)) * 0.6);

function typeOf(link: SceneLink, style: Style, plain: boolean): EdgeLook['type'] {
  if (plain) return 'line';
  if (link.validTo && link.validTo <= style.today) return 'dashed';
  return style.symmetric.has(link.relation) ? 'line' : 'arrow';
}
