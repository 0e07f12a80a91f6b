/** What the API is asked about likely links. */
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { LikelyAnswer } from '@/graph/likely';

const CARD = 'id type title values';
const LIKELY = `query LikelyLinks($id: ID!, $language: String!) {
  likelyLinks(record: $id, first: 10, language: $language) {
    complete
    record { ${CARD} }
    links { score shared relations record { ${CARD} } through { ${CARD} } reasons { text contribution records { ${CARD} } } }
  }
}`;

/** The likely links of a record, told in a language; kept like any other step of a scene. */
export const likelyAnswer = (id: string, language: string) => ({
  queryKey: keys.likely(id, language),
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await gql<{ likelyLinks: LikelyAnswer }>(LIKELY, { id, language }, signal)).likelyLinks,
});
