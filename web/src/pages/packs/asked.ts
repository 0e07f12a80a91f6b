/** The state of the packs page that its address carries: the pack that is looked at before it is installed. */
export interface PacksSearch {
  install?: string;
}

export const packsSearch = (given: Record<string, unknown>): PacksSearch =>
  typeof given.install === 'string' && given.install ? { install: given.install } : {};
