/** Which kinds of lines are on a drawing. Pure. */
import { likelyOf } from './likely';
import type { Scene } from './scene';
import type { Shown } from './showing';

const KINDS = ['holds', 'over', 'likely'] as const;
export type LineKind = (typeof KINDS)[number];

/** The kinds of lines that are shown; none where only links are shown that hold, which need no word. */
export function linesOf(scene: Scene, shown: Shown, today: string): LineKind[] {
  const links = [...shown.links].flatMap((key) => scene.links.get(key) ?? []);
  const isOver = ({ validTo }: { validTo: string | null }): boolean => validTo !== null && validTo <= today;
  const has = { holds: links.some((link) => !isOver(link)), over: links.some(isOver), likely: likelyOf(scene, shown).length > 0 };
  return has.over || has.likely ? KINDS.filter((kind) => has[kind]) : [];
}
