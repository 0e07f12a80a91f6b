/** What stands in an element's place while there is no record to show: bones, an empty place, a fault with its cure. */
import type { Failure } from '@/api/failures';
import { h } from './dom';
import type { Say } from './words';

/** Codes that have words of their own here; of others it is told that the server's own sentence is its own. */
const SAID: Record<string, string> = {
  offline: 'embed:offline',
  not_signed_in: 'embed:refused',
  foreign_origin: 'embed:refused',
  forbidden: 'embed:refused',
  rate_limited: 'errors:unavailable',
  unavailable: 'errors:unavailable',
  timed_out: 'errors:timed_out',
  internal: 'errors:internal',
  unexpected: 'errors:unexpected',
};

/** What the page asks for is not there, or is more than is answered. */
const ASKED = /^(unknown_|too_|out_of_range|bad_variable)/;

export function sentenceOf(failure: Failure, say: Say): string {
  const [problem] = failure.problems;
  const code = problem?.code ?? failure.code;
  const key = ASKED.test(code) ? 'embed:asked' : SAID[code];
  const told = problem?.message || failure.message;
  return key || !told ? say(key ?? 'errors:unexpected') : say('embed:otherwise', { told });
}

/** What went wrong, what to do, and under which id XRM's log tells of it. */
export function fault(failure: Failure, say: Say, again: () => void): HTMLElement {
  const id = failure.correlationId ? ` · ${failure.correlationId}` : '';
  return h(
    'div',
    { class: 'fault', role: 'alert', part: 'fault' },
    h('b', {}, sentenceOf(failure, say)),
    h('small', { dir: 'ltr' }, failure.code + id),
    h('button', { type: 'button', class: 'act', onclick: again }, say('errors:again')),
  );
}

export const empty = (title: string, says: string): HTMLElement =>
  h('div', { class: 'empty', part: 'empty', role: 'status' }, h('h2', {}, title), h('p', {}, says));

const bone = (height: number, width = '100%'): HTMLElement => h('span', { class: 'bone', style: { height: `${height}px`, width } });

/** As high as what is on its way, so that the page around it does not jump much. */
export const bones = (say: Say | null, ...heights: number[]): HTMLElement =>
  h(
    'div',
    { class: 'bones', role: 'status', 'aria-label': say?.('app:coming') ?? '…' },
    h('div', { class: 'record-head' }, bone(44, '44px'), bone(24, 'min(260px, 60%)')),
    ...heights.map((height) => bone(height)),
  );
