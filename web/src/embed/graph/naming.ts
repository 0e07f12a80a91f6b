/** Types and relations as the drawing names them; what the model does not know goes by its own name. */
import { outlineOf } from '@/embed/signs';
import { hueOf } from '@/ui/hues';
import type { Answer } from './asking';

export interface Naming {
  type: (name: string) => { label: string; labels: string; color: string; lines: readonly string[] };
  relation: (name: string) => { label: string };
}

export function namingOf({ types, relations }: Answer['model']): Naming {
  const byType = new Map(types.map((type) => [type.name, { ...type, color: type.color || hueOf(type.name), lines: outlineOf(type.icon) }]));
  const byRelation = new Map(relations.map((relation) => [relation.name, relation]));
  return {
    type: (name) => byType.get(name) ?? { label: name, labels: name, color: hueOf(name), lines: [] },
    relation: (name) => byRelation.get(name) ?? { label: name },
  };
}
