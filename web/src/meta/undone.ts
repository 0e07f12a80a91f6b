/** Why a change was made, where that is that others were taken back: the server keeps it in English, with ids. */
import type { TFunction } from 'i18next';
import type { Format } from '@/lib/format';

const UNDO = /^undo of (change set|change|import) \S+?(?:: (.*))?$/s;
const ACTIVITY = /^undo of what (.+) did from (\S+) to (\S+?)(?:: (.*))?$/s;

/** The reason in the reader's language; as it was given, when a person wrote it. */
export function reasonOf(reason: string, t: TFunction, format: Pick<Format, 'moment'>): string {
  const [, what, why] = UNDO.exec(reason) ?? [];
  if (what) return withWhy(t(what === 'import' ? 'record:undid.import' : 'record:undid.change'), why);
  const [, who, from, until, because] = ACTIVITY.exec(reason) ?? [];
  if (!who || !from || !until) return reason;
  return withWhy(t('record:undid.activity', { who, from: format.moment(from), until: format.moment(until) }), because);
}

const withWhy = (said: string, why: string | undefined): string => (why ? `${said}: ${why}` : said);
