import { useFormat } from '@/lib/useSettings';
import { useCalled } from '@/meta/analyses';
import { useSaid, useSpeech } from '@/ui/useSaid';
import { countsOf, sentenceOf, type Notice } from './notices';

/** A notice in words: no sentence where only the server has one; what came of it, or why it failed. */
export interface Wording {
  sentence: string | null;
  more: string;
}

/** Says notices in the reader's language. */
export function useWording(): (notice: Notice) => Wording {
  const format = useFormat();
  const speech = useSpeech();
  const said = useSaid();
  const called = useCalled();
  return (notice) => {
    const sentence = sentenceOf(notice, speech, called, format.plain);
    const { reason, error } = notice.details;
    const why = sentence && typeof error === 'string' ? said.problem({ code: String(reason ?? ''), message: error, details: null }) : '';
    return { sentence, more: [why, countsOf(notice, speech).join(' · ')].filter(Boolean).join(' ') };
  };
}
