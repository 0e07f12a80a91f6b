import { useTranslation } from 'react-i18next';
import type { Problem } from '@/api/failures';
import { said, type Facts, type Speech } from '@/lib/said';
import { useFormat } from '@/lib/useSettings';

/** Something that the server says with a code and the facts of its sentence. */
interface Spoken {
  code: string;
  sentence: string;
  details?: unknown;
}

export interface Said {
  problem: (problem: Pick<Problem, 'code' | 'message' | 'details'>) => string;
  /** A planned change of the model, with how many records and links it touches. */
  change: (change: Spoken & { records: number; links: number }) => string;
  /** What clients of the API can no longer count on. */
  broken: (broken: Spoken) => string;
  setting: (setting: { name: string; help: string }) => string;
}

const factsOf = (details: unknown): Facts => (details && typeof details === 'object' ? (details as Facts) : {});

/** What the server says, in the reader's language; as the server says it where the catalogue knows nothing of it. */
export function useSaid(): Said {
  const { t } = useTranslation();
  const format = useFormat();
  const speech: Speech = {
    words: (key, count) => t(key, { defaultValue: '', skipInterpolation: true, count }),
    number: format.number,
    list: format.list,
  };
  const touched = (what: 'records' | 'links', count: number): string[] =>
    count ? [speech.words(`server:touched.${what}`, count).replace('{{number}}', format.number(count))] : [];
  return {
    problem: ({ code, message, details }) => {
      const facts = factsOf(details);
      const sentence = said(`problem.${code}`, facts, speech);
      if (!sentence) return message;
      const file = typeof facts.file === 'string' ? `\u2068${facts.file}\u2069: ` : '';
      return file + [sentence, facts.profile ? said('profile', { profile: facts.profile }, speech) : null].filter(Boolean).join(' ');
    },
    change: ({ code, sentence, details, records, links }) => {
      const words = said(`change.${code}`, factsOf(details), speech);
      const counts = [...touched('records', records), ...touched('links', links)];
      return words ? words + (counts.length ? ` (${counts.join(', ')})` : '') : sentence;
    },
    broken: ({ code, sentence, details }) => {
      const facts = factsOf(details);
      const words = said(`break.${code}`, facts, speech);
      return words ? [words, facts.reason ? said('reason', { reason: facts.reason }, speech) : null].filter(Boolean).join(' ') : sentence;
    },
    setting: ({ name, help }) => speech.words(`server:setting.${name}`) || help,
  };
}
