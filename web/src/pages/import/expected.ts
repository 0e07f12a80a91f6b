/** What an import is expected to do, before it does it. Pure. */
import type { Upload } from './api';

/** How many rows go in, and how many will not: by the last try, or else by what does not fit the header of its file. */
export function expected({ files, mapping, job }: Pick<Upload, 'files' | 'mapping' | 'job'>): { ready: number; rejected: number } {
  const tried = job?.kind === 'TRY' && job.status === 'DONE' ? job.report?.sources : undefined;
  const named = new Set(Object.values(mapping?.sources ?? {}).map(({ file }) => file));
  const counted = tried ?? files.filter(({ name }) => named.has(name)).map(({ rows, ragged }) => ({ rows, rejected: ragged }));
  const rejected = counted.reduce((sum, each) => sum + each.rejected, 0);
  return { ready: counted.reduce((sum, each) => sum + each.rows, 0) - rejected, rejected };
}
