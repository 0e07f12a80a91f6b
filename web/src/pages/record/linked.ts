/** What is asked for of one relation, and how its links are changed: pure text made from the model. */
import { isKnown, kindOf } from '@/meta/kinds';
import type { EntityType, Field, Model, RelationType, Side } from '@/meta/model';
import type { Sort } from '@/meta/compose';

const FACTS = 4;
const NODE = 'node.';

/** A fact of a far record that stands in the table: fields of several types never clash under one name. */
export interface Fact {
  alias: string;
  type: string;
  field: Field;
}

export const saying = (relation: RelationType | undefined): Field[] => (relation?.fields ?? []).filter((field) => isKnown(field));

/** The first facts of each type that may stand at the far end, but for what names it. */
export function factsOf(side: Side, model: Model): Fact[] {
  return side.types.flatMap((name) => {
    const type = model.types.find((each) => each.name === name);
    const fields = type?.fields.filter((field) => isKnown(field) && field.kind !== 'longText' && field.kind !== 'boolean' && !type.display.includes(`{${field.name}}`));
    return (fields ?? []).slice(0, FACTS).map((field) => ({ alias: `${name}_${field.name}`, type: name, field }));
  });
}

const aliased = (alias: string, field: Field): string => `${alias}: ${kindOf(field).select(field.name)}`;

interface Asked {
  type: EntityType;
  side: Side;
  relation: RelationType | undefined;
  facts: readonly Fact[];
  sort: Sort | undefined;
}

/** A page of one relation of a record: each link with what it says, and the record at its far end. */
export function linkedQuery({ type, side, relation, facts, sort }: Asked): string {
  const says = saying(relation).map((field) => kindOf(field).select(field.name)).join(' ');
  const validity = relation && relation.validity !== 'NONE' ? 'validFrom validTo' : '';
  const one = side.types.length === 1;
  const shown = facts.map((fact) => (one ? aliased(fact.alias, fact.field) : `... on ${fact.type} { ${aliased(fact.alias, fact.field)} }`)).join(' ');
  const order = ordered(sort);
  return `query Linked($id: ID!, $first: Int!, $after: String, $asOf: DateTime) {
  record: ${type.one}(id: $id, asOf: $asOf) {
    linked: ${side.name}(first: $first, after: $after${order}) {
      pageInfo { hasNextPage endCursor }
      edges { link { id createdAt ${validity} ${says} } node { __typename id displayName ${shown} } }
    }
  }
}`;
}

/** By a field of the link, or of the far record where only one type may stand. */
function ordered(sort: Sort | undefined): string {
  if (!sort || !/^(node\.)?\w+$/.test(sort.field)) return '';
  const { field, direction } = sort;
  const step = direction === 'DESC' ? 'DESC' : 'ASC';
  return field.startsWith(NODE) ? `, orderBy: [{ node: { ${field.slice(NODE.length)}: ${step} } }]` : `, orderBy: [{ link: { ${field}: ${step} } }]`;
}

/** The next order when a head is clicked: up, down, then as it was. */
export function turned(sort: Sort | undefined, field: string): Sort | undefined {
  if (sort?.field !== field) return { field, direction: 'ASC' };
  return sort.direction === 'ASC' ? { field, direction: 'DESC' } : undefined;
}

export const ofNode = (field: string): string => NODE + field;
