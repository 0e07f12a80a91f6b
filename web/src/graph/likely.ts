/** Links that nobody recorded and the graph makes likely: kept beside the links of a scene, so that nothing counts them. Pure. */
import { keyOf, type Scene, type SceneLink, type SceneRecord } from './scene';
import type { Shown } from './showing';

export interface LikelyReason {
  text: string;
  contribution: number;
  records: readonly SceneRecord[];
}

/** A record that is likely to be linked with the one that was asked about, as the API tells it. */
export interface LikelyFar {
  record: SceneRecord;
  /** Beside the likeliest one of the answer, which has 1. */
  score: number;
  shared: number;
  through: readonly SceneRecord[];
  relations: readonly string[];
  reasons: readonly LikelyReason[];
  /** The link as it was recorded meanwhile: answers of the snapshot follow a little later. */
  recorded?: SceneLink;
}

export interface LikelyAnswer {
  record: SceneRecord;
  links: readonly LikelyFar[];
  /** False where neighbours with very many links were passed over. */
  complete: boolean;
}

/** A likely link on a drawing, from the record that was asked about. */
export interface LikelyLink extends Omit<LikelyFar, 'record' | 'recorded'> {
  source: string;
  target: string;
  complete: boolean;
}

const PREFIX = 'likely ';

export const likelyKey = ({ source, target }: Pick<LikelyLink, 'source' | 'target'>): string => `${PREFIX}${source} ${target}`;
const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The records of answers, to be drawn beside those that are there. */
export const recordsOf = ({ record, links }: LikelyAnswer): SceneRecord[] => [record, ...links.map((each) => each.record)];

/** An answer in which the link with one record was recorded. */
export const recordedIn = (answer: LikelyAnswer, id: string, recorded: SceneLink): LikelyAnswer => ({
  ...answer,
  links: answer.links.map((each) => (each.record.id === id ? { ...each, recorded } : each)),
});

/** The scene with what is likely in it: once for two records, whichever of them was asked about first. */
export function withLikely(scene: Scene, answers: readonly LikelyAnswer[]): Scene {
  if (!answers.length) return scene;
  const likely = new Map<string, LikelyLink>();
  const links = new Map(scene.links);
  const pairs = new Set<string>();
  for (const { record, links: fars, complete } of answers) {
    for (const { record: far, recorded, ...link } of fars) {
      const pair = pairOf(record.id, far.id);
      if (pairs.has(pair) || !scene.records.has(record.id) || !scene.records.has(far.id)) continue;
      pairs.add(pair);
      if (recorded) {
        links.set(keyOf(recorded), recorded);
        continue;
      }
      const found = { ...link, source: record.id, target: far.id, complete };
      likely.set(likelyKey(found), found);
    }
  }
  return { ...scene, links, likely };
}

/** Likely links among the shown records, but for those where a recorded link is shown; of another day than today none. */
export function withLikelyShown(scene: Scene, shown: Shown, day: string | null): Shown {
  if (!scene.likely?.size || day !== null) return shown;
  const taken = new Set<string>();
  for (const key of shown.links) {
    const link = scene.links.get(key);
    if (link) taken.add(pairOf(link.source, link.target));
  }
  const likely = new Set<string>();
  for (const [key, { source, target }] of scene.likely) {
    if (shown.records.has(source) && shown.records.has(target) && !taken.has(pairOf(source, target))) likely.add(key);
  }
  return { ...shown, likely };
}

/** The likely links that are shown, the likeliest first. */
export function likelyOf(scene: Scene, shown: Shown): LikelyLink[] {
  const found = [...(shown.likely ?? [])].flatMap((key) => scene.likely?.get(key) ?? []);
  return found.sort((a, b) => b.score - a.score);
}
