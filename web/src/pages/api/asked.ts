/** The state of the API page that its address carries. */
export interface ApiSearch {
  example?: string;
}

export const apiSearch = (given: Record<string, unknown>): ApiSearch =>
  typeof given.example === 'string' && given.example ? { example: given.example } : {};
