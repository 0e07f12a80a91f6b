/** What the palette and the pickers ask when somebody types. */
export interface Found {
  search: { nodes: { __typename: string; id: string; displayName: string }[] };
}

export const SEARCH = `query Search($text: String!, $types: [String!]) {
  search(text: $text, types: $types, first: 12) { nodes { __typename id displayName } }
}`;
