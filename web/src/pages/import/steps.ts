/** The steps of an import, in the order in which they are gone; the address names them. */
import { words } from '@/lib/given';

export const IMPORT_STEPS = ['files', 'columns', 'links', 'check', 'run'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** Which upload, how far with it, and which of its files. */
export interface ImportSearch {
  upload?: string;
  step?: ImportStep;
  source?: string;
  /** The import that is looked for among those of before. */
  run?: string;
}

/** What the address says, as far as it can be understood. */
export function importSearch(given: Record<string, unknown>): ImportSearch {
  const found: ImportSearch = {};
  const [upload, source, run] = [words(given.upload), words(given.source), words(given.run)];
  const step = IMPORT_STEPS.find((each) => each === given.step);
  if (upload) found.upload = upload;
  if (step) found.step = step;
  if (source) found.source = source;
  if (run) found.run = run;
  return found;
}
