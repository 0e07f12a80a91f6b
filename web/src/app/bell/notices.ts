/** What the reader was told: as the server tells it, in words, and where it leads. */
import { linkOptions } from '@tanstack/react-router';
import { filled, type Facts, type Speech } from '@/lib/said';
import { resultsOf, type Analysis } from '@/meta/analyses';

export interface Notice {
  id: string;
  kind: string;
  subject: string;
  text: string;
  at: string;
  readAt: string | null;
  details: Facts;
}

export interface Told {
  notifications: { unreadCount: number; nodes: Notice[] };
}

export const TOLD = '{ notifications(first: 20) { unreadCount nodes { id kind subject text at readAt details } } }';

const textOf = (fact: unknown): string | null => (typeof fact === 'string' ? fact : null);

/** What ran; null where the server did not tell it yet when it told of the run. */
export function analysisOf({ engine, type }: Facts): Analysis | null {
  return typeof engine === 'string' ? { engine, type: textOf(type) } : null;
}

/** The sentence of a notice; null for what no catalogue has words or facts enough for: the server's own sentence is said then. */
export function sentenceOf({ kind, details }: Notice, speech: Speech, called: (one: Analysis) => string, plain: (value: number) => string): string | null {
  const words = speech.words(`bell:told.${kind}`);
  const run = analysisOf(details);
  const { number } = details;
  // the number of a run is a name: it is never grouped
  const facts = { ...details, ...(run && { what: called(run) }), ...(typeof number === 'number' && { number: plain(number) }) };
  return words ? filled(words, facts, speech) : null;
}

const MOST_AT_ONCE = 3;

/** Of what there is now, what was not there when it was looked at last and nobody has read, the newest few; none at the first look. */
export function freshOf(nodes: readonly Notice[], seen: ReadonlySet<string> | null): Notice[] {
  return seen ? nodes.filter((each) => !each.readAt && !seen.has(each.id)).slice(0, MOST_AT_ONCE) : [];
}

/** What came of it, each with its count. */
export function countsOf({ details }: Notice, speech: Speech): string[] {
  return (['scored', 'changed', 'rejected'] as const).flatMap((name) => {
    const count = details[name];
    return typeof count === 'number' && count > 0 ? (filled(speech.words(`bell:count.${name}`, count), { count }, speech) ?? []) : [];
  });
}

/** Where what is told of is looked at; null for kinds of newer servers. */
export function placeOf({ kind, subject, at, details }: Notice) {
  const run = analysisOf(details);
  const results = kind === 'analysis_done' && run ? resultsOf(run) : null;
  if (results) return results;
  if (kind === 'analysis_done' || kind === 'analysis_failed') return linkOptions({ to: '/runs/$id', params: { id: subject } });
  if (kind === 'import_done' || kind === 'import_undone') return linkOptions({ to: '/import', search: { run: subject } });
  if (kind !== 'page_due') return null;
  if (details.of === 'scene') return linkOptions({ to: '/explore' });
  if (details.of === 'scenario') return linkOptions({ to: '/what-if' });
  return linkOptions({ to: '/reports/$id', params: { id: subject }, search: { at } });
}
