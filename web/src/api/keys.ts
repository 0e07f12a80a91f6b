/** The keys under which answers are kept; what changed on the server is forgotten by their beginnings. */
export const keys = {
  me: ['me'] as const,
  model: ['model'] as const,
  profiles: ['model', 'profiles'] as const,
  counts: ['counts'] as const,
  notifications: ['notifications'] as const,
  views: (type: string) => ['views', type] as const,
  recordsOf: (type: string) => ['records', type] as const,
  records: (type: string, query: unknown) => ['records', type, query] as const,
  totals: (type: string, query: unknown) => ['totals', type, query] as const,
  record: (id: string) => ['record', id] as const,
  view360: (id: string, asOf: string, language: string) => ['record', id, 'view360', asOf, language] as const,
  links: (id: string, field: string) => ['record', id, 'links', field] as const,
  history: (id: string) => ['record', id, 'history'] as const,
  form: (id: string, version: number) => ['record', id, 'form', version] as const,
  search: (text: string, types: readonly string[]) => ['search', text, types] as const,
};
