/** What every page asks first. The page's own script asks it while the program is still being read, see boot/. Imports nothing. */

/** What answers of GraphQL over HTTP are called. */
export const MEDIA = 'application/graphql-response+json';

export const ME = '{ me { id name administrator person { id type title } } }';

const inEach = (form?: string): string =>
  ['en', 'ru', 'fa'].map((each) => `${form ?? ''}${each}: label(language: "${each}"${form ? `, form: "${form}"` : ''})`).join(' ');

const FIELD = `name kind required unique readOnly searchable isList default options help when { field values required } ${inEach()}`;

/** The model as it stands, with labels in every language. */
export const MODEL = `query Model {
  model {
    version
    types {
      name plural icon color display pack one many
      ${inEach('one')} ${inEach('other')}
      order { field direction }
      naturalKeys
      fields { ${FIELD} }
      relations { name relation direction types most ${inEach()} }
    }
    relations { name symmetric repeatable validity source { field types } target { field types } fields { ${FIELD} } ${inEach()} }
  }
}`;

/** What counts as contact and as business for each type, and what its 360° view holds. */
export const PROFILES = `query Profiles {
  model {
    profiles(derived: true) {
      type declared leaving { field values }
      signals { name path type role time value sign where { field values } }
      view { timeline { path type time } unfinished { path type field values due } }
    }
  }
}`;

/** What a drawing holds: records with links among them, by columns where they are many. */
export const AROUND = `query Around($ids: [ID!]!, $hops: Int!, $relations: [String!], $most: Int!, $links: Int!, $anyTime: Boolean!, $valued: Boolean!) {
  subgraph(ids: $ids, hops: $hops, relations: $relations, maxRecords: $most, maxLinks: $links, anyTime: $anyTime) {
    records @include(if: $valued) { record { id type title values } }
    links @include(if: $valued) { source target relation weight count validFrom validTo }
    columns @skip(if: $valued)
    recordsLeftOut
  }
}`;

export interface Around {
  ids: readonly string[];
  hops: number;
  relations?: readonly string[];
  most: number;
}

/** Links for each record at least, values of no more records: a drawing of many is told apart by types. */
const LEAST_LINKS = 10_000;
const LINKS_EACH = 3;
const MOST_WITH_VALUES = 2_000;

export function aroundAsked({ ids, hops, relations, most }: Around): Record<string, unknown> {
  const room = Math.max(most, ids.length);
  const links = Math.max(LEAST_LINKS, LINKS_EACH * room);
  return { ids, hops, relations: relations ?? null, most: room, links, anyTime: true, valued: room <= MOST_WITH_VALUES };
}

/** How much of the graph itself may be asked for; a drawing holds no more than the last. */
export const WHOLES = [300, 2_000, 20_000] as const;

export interface Question {
  query: string;
  variables: Record<string, unknown>;
}

const plain = (query: string): Question => ({ query, variables: {} });
const wholes = WHOLES.map((most) => [`explore?whole=${most}`, [{ query: AROUND, variables: aroundAsked({ ids: [], hops: 0, most }) }]] as const);

/** What a question is kept by until it is answered. */
export const keyOf = ({ query, variables }: Question): string => query + JSON.stringify(variables);

/** Of every page; of those at these addresses, by their first part; and of those with one thing said behind it. */
export const QUESTIONS = {
  every: [plain(ME), plain(MODEL)],
  pages: { '': [plain(PROFILES)], r: [plain(PROFILES)] },
  said: Object.fromEntries(wholes),
};
