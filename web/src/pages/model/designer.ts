/** What all parts of the model's page work with: the model, the draft, and the way to change it. */
import { createContext, useContext } from 'react';
import type { Design } from './design';
import type { Designed, Draft, Owner, ShownRelation, ShownType } from './draft';
import type { ModelSearch } from './asked';
import type { Clash } from './rebase';
import type { Plan, PlacedProblem } from './usePlan';

export interface Designer {
  design: Design;
  shown: Designed;
  draft: Draft | null;
  /** What others changed too since the draft was begun. */
  clashes: readonly Clash[];
  plan: Plan | undefined;
  planning: boolean;
  planFault: unknown;
  problems: readonly PlacedProblem[];
  /** Edit the draft; what is typed into one place at one time is taken back at once. */
  edit: (what: string, change: (draft: Draft) => Draft) => void;
  show: (where: Going) => void;
}

/** Where to go from here; what is undefined leaves the address, what is left out stays in it. */
export type Going = { [Part in keyof ModelSearch]?: ModelSearch[Part] | undefined };

export const DesignerContext = createContext<Designer | null>(null);

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error('a part of the model page stands outside of it');
  return designer;
}

export const typeOf = (shown: Designed, name: string | undefined): ShownType | undefined =>
  shown.types.find((type) => type.name === name);

export const relationOf = (shown: Designed, name: string | undefined): ShownRelation | undefined =>
  shown.relations.find((relation) => relation.name === name);

/** The relations that a type takes part in, each with the end at which it stands. */
export function sidesOf(shown: Designed, type: string): { relation: ShownRelation; near: 'source' | 'target' }[] {
  return shown.relations.flatMap((relation) => {
    const sides: { relation: ShownRelation; near: 'source' | 'target' }[] = [];
    if (relation.source.types.includes(type)) sides.push({ relation, near: 'source' });
    if (!relation.symmetric && relation.target.types.includes(type)) sides.push({ relation, near: 'target' });
    return sides;
  });
}

/** What is wrong at one place: an attribute itself, or something inside of it. */
export function wrongAt(problems: readonly PlacedProblem[], owner: Owner, field: string | undefined, attribute: string): string | undefined {
  const found = problems.filter(
    ({ place }) =>
      place.owner?.where === owner.where && place.owner.name === owner.name && place.field === field &&
      (place.attribute === attribute || place.attribute.startsWith(`${attribute}.`)),
  );
  return found.length ? found.map((each) => each.message).join(' ') : undefined;
}
