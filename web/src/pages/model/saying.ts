/** A planned change in the reader's language: what its code means, of the type, relation or field that its path names. Pure. */
import type { Planned } from './usePlan';

/** The words of a key of the catalogue; `defaultValue` where it has none. */
type Words = (key: string, values: Record<string, string>) => string;

/** `Company.city` of a field, `Company` of all of it. */
export function subjectOf(path: Planned['path']): string {
  const [, owner, part, field] = path.map(String);
  return part === 'fields' && field ? `${owner}.${field}` : (owner ?? '');
}

/** The sentence of a change. The server's own, which is English and says most, where the catalogue knows nothing of it. */
export function saying(change: Planned, words: Words): string {
  const name = `\u2068${subjectOf(change.path)}\u2069`;
  const said = words(`model:change.${change.code}`, { name, defaultValue: change.sentence });
  return change.effect === 'FILLS' ? `${said} ${words('model:change.fills', { name })}` : said;
}
