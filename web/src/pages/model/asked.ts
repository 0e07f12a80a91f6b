/** The state of the model's page that its address carries. */
import { words } from '@/lib/given';

export interface ModelSearch {
  view?: 'list' | 'history';
  type?: string;
  relation?: string;
  field?: string;
  part?: 'relations' | 'look';
  ask?: 'plan' | 'type' | 'relation';
}

const oneOf = <Word extends string>(given: unknown, known: readonly Word[]): Word | undefined => known.find((each) => each === given);

export function modelSearch(given: Record<string, unknown>): ModelSearch {
  const found = {
    view: oneOf(given.view, ['list', 'history']),
    part: oneOf(given.part, ['relations', 'look']),
    ask: oneOf(given.ask, ['plan', 'type', 'relation']),
    type: words(given.type),
    relation: words(given.relation),
    field: words(given.field),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
