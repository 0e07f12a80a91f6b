/** The state of the administration that its address carries. */
export const PARTS = ['people', 'access', 'changes', 'runs', 'server'] as const;

export interface AdminSearch {
  part?: (typeof PARTS)[number];
}

export function adminSearch(given: Record<string, unknown>): AdminSearch {
  const part = PARTS.find((each) => each === given.part);
  return part ? { part } : {};
}
