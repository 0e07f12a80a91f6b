import { useTranslation } from 'react-i18next';
import type { Problem } from '@/api/failures';
import { afterColon, said, type Facts, type Speech } from '@/lib/said';
import { useFormat, useSettings } from '@/lib/useSettings';
import { useKnownModel } from '@/meta/knownModel';
import { headingOf, labelled, movedFields } from '@/meta/labelled';

/** Something that the server says with a code and the facts of its sentence. */
interface Spoken {
  code: string;
  sentence: string;
  details?: unknown;
}

type Told = Pick<Problem, 'code' | 'message' | 'details'>;

export interface Said {
  problem: (problem: Told) => string;
  /** The same, where it stands at its field, whose label it need not repeat. */
  atField: (problem: Told) => string;
  /** The fields that somebody else has changed meanwhile, in a row; empty where a conflict tells of none. */
  moved: (problem: Told | undefined) => string;
  /** A planned change of the model, with how many records and links it touches. */
  change: (change: Spoken & { records: number; links: number }) => string;
  /** What clients of the API can no longer count on. */
  broken: (broken: Spoken) => string;
  setting: (setting: { name: string; help: string }) => string;
}

const factsOf = (details: unknown): Facts => (details && typeof details === 'object' ? (details as Facts) : {});

/** Where in a file it is: the file's name, or the line and the column of a mapping. */
function placeOf(facts: Facts, speech: Speech): string {
  if (typeof facts.file === 'string') return `\u2068${facts.file}\u2069: `;
  if (typeof facts.line !== 'number' || typeof facts.column !== 'number') return '';
  const at = said('at', { line: facts.line, column: facts.column }, speech);
  return at ? `${at} ` : '';
}

/** The words of the reader's language, and how they write numbers and lists. */
export function useSpeech(): Speech {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    words: (key, count) => t(key, { defaultValue: '', skipInterpolation: true, count }),
    number: format.number,
    list: format.list,
  };
}

/** What the server says, in the reader's language; as the server says it where the catalogue knows nothing of it. */
export function useSaid(): Said {
  const format = useFormat();
  const { language } = useSettings();
  const model = useKnownModel();
  const speech = useSpeech();
  const touched = (what: 'records' | 'links', count: number): string[] =>
    count ? [speech.words(`server:touched.${what}`, count).replace('{{number}}', format.number(count))] : [];
  // a strong letter of the language before a name in another script, for places that take their direction from the first one
  const led = (sentence: string): string => (sentence.startsWith('\u2068') ? (language === 'fa' ? '\u200f' : '\u200e') + sentence : sentence);
  const worded = ({ code, details }: Told): { field: string; sentence: string } | null => {
    const given = factsOf(details);
    const field = headingOf(given.ofField, model, language);
    const facts = labelled(given, model, language);
    const sentence = said(`problem.${code}`, facts, speech);
    if (!sentence) return null;
    const place = placeOf(facts, speech);
    const profile = facts.profile ? said('profile', { profile: facts.profile }, speech) : null;
    return { field, sentence: place + [place ? afterColon(sentence) : sentence, profile].filter(Boolean).join(' ') };
  };
  return {
    problem: (problem) => {
      const words = worded(problem);
      if (!words) return problem.message;
      const named = words.field && !words.sentence.includes(words.field);
      return led(named ? `\u2068${words.field}\u2069: ${afterColon(words.sentence)}` : words.sentence);
    },
    atField: (problem) => {
      const words = worded(problem);
      if (words) return led(words.sentence);
      const field = headingOf(factsOf(problem.details).ofField, model, language);
      return field && problem.message.startsWith(`${field}: `) ? problem.message.slice(field.length + 2) : problem.message;
    },
    moved: (problem) => speech.list(movedFields(factsOf(problem?.details), model, language)),
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
