/** The links themselves behind one line of the drawing, asked of the record that they begin at. */
import { gql } from '@/api/gql';
import type { SceneLink } from '@/graph/scene';
import { isKnown, kindOf } from '@/meta/kinds';
import type { EntityType, RelationType, Side } from '@/meta/model';

export interface Detail {
  id: string;
  createdAt: string;
  [field: string]: unknown;
}

const MOST = 10;

export function linkQuery(type: EntityType, side: Side, relation: RelationType): string {
  const fields = relation.fields.filter(isKnown).map((field) => kindOf(field).select(field.name)).join(' ');
  return `query Link($id: ID!, $other: ID!) {
  record: ${type.one}(id: $id) { side: ${side.name}(first: ${MOST}, where: { node: { id: { eq: $other } } }) { edges { link { id createdAt ${fields} } } } }
}`;
}

interface Told {
  record: { side: { edges: { link: Detail }[] } } | null;
}

export async function linkDetails(type: EntityType, side: Side, relation: RelationType, link: SceneLink, signal: AbortSignal): Promise<Detail[]> {
  const told = await gql<Told>(linkQuery(type, side, relation), { id: link.source, other: link.target }, signal);
  return told.record?.side.edges.map((edge) => edge.link) ?? [];
}
