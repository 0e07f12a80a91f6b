/** Which relations may record a likely link. Pure. */
import type { SceneLink } from '@/graph/scene';
import type { EntityType, Side } from '@/meta/model';

/** The relations of a type, of those named, that may lead to another type. */
export const fittingSides = (type: EntityType, far: string, relations: readonly string[]): Side[] =>
  type.relations.filter((side) => relations.includes(side.relation) && side.types.includes(far));

/** A link that was just made by a relation as seen from one record. */
export function linkBy({ relation, direction }: Side, near: string, far: string): SceneLink {
  const [source, target] = direction === 'in' ? [far, near] : [near, far];
  return { source, target, relation, weight: 1, count: 1, validFrom: null, validTo: null };
}
