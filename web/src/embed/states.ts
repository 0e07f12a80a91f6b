/** What stands in an element's place while there is no record to show: bones, an empty place, a fault with its cure. */
import type { Failure } from '@/api/failures';
import { h } from './dom';
import type { Say } from './words';

/** Codes that have words of their own here; of others the server's own sentence is shown. */
const SAID: Record<string, string> = {
  offline: 'embed:offline',
  not_signed_in: 'embed:refused',
  foreign_origin: 'embed:refused',
  unavailable: 'errors:unavailable',
  timed_out: 'errors:timed_out',
  internal: 'errors:internal',
  unexpected: 'errors:unexpected',
};

export function sentenceOf(failure: Failure, say: Say): string {
  const key = SAID[failure.code];
  return key ? say(key) : failure.problems[0]?.message || failure.message || say('errors:unexpected');
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
