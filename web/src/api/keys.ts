/** The keys under which answers are kept; what changed on the server is forgotten by their beginnings. */
export const keys = {
  me: ['me'] as const,
  model: ['model'] as const,
  profiles: ['model', 'profiles'] as const,
  counts: ['counts'] as const,
  day: ['day'] as const,
  notifications: ['notifications'] as const,
  views: (type: string) => ['views', type] as const,
  recordsOf: (type: string) => ['records', type] as const,
  records: (type: string, query: unknown) => ['records', type, query] as const,
  totals: (type: string, query: unknown) => ['totals', type, query] as const,
  /** Records laid out otherwise than as a list: boards, calendars, time lines, maps. */
  laidOutOf: (type: string) => ['laid out', type] as const,
  laidOut: (type: string, view: string, query: unknown) => ['laid out', type, view, query] as const,
  record: (id: string) => ['record', id] as const,
  card: (id: string) => ['record', id, 'card'] as const,
  paths: (asked: unknown) => ['paths', asked] as const,
  view360: (id: string, asOf: string, language: string) => ['record', id, 'view360', asOf, language] as const,
  links: (id: string, field: string) => ['record', id, 'links', field] as const,
  history: (id: string) => ['record', id, 'history'] as const,
  form: (id: string, version: number) => ['record', id, 'form', version] as const,
  search: (text: string, types: readonly string[]) => ['search', text, types] as const,
};
