/** What makes a scene, as one operation of the API that any client can ask. Pure. */
import { aroundAsked, type Around } from '@/api/first';

const DRAWN = 'records { record { id type title } } links { source target relation weight validFrom validTo }';
const WAYS = 'paths { strength records { id type title } }';

// texts of JSON are texts of GraphQL
const said = JSON.stringify;

const partOf = (asked: Around, place: number): string => {
  const { ids, hops, relations, most, links } = aroundAsked(asked);
  const only = relations ? `, relations: ${said(relations)}` : '';
  return `  part${place + 1}: subgraph(ids: ${said(ids)}, hops: ${String(hops)}${only}, maxRecords: ${String(most)}, maxLinks: ${String(links)}, anyTime: true) { ${DRAWN} }`;
};

const wayOf = ([from, to]: readonly [string, string], place: number): string =>
  `  ways${place + 1}: paths(from: ${said(from)}, to: ${said(to)}, measure: STRONGEST, first: 3, hops: 6) { ${WAYS} }`;

export const asQuery = (steps: readonly Around[], pairs: readonly (readonly [string, string])[]): string =>
  `query Scene {\n${[...steps.map(partOf), ...pairs.map(wayOf)].join('\n')}\n}\n`;
