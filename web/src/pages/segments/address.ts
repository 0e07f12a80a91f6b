/** Of which type the address asks for segments. */
export const segmentSearch = (given: Record<string, unknown>): { type?: string } =>
  typeof given.type === 'string' && given.type ? { type: given.type } : {};
