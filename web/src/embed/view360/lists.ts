/** What is best done next, what waits for somebody, and what the record is linked with. */
import { h, sign } from '@/embed/dom';
import { IDEA, outlineOf } from '@/embed/signs';
import { capital } from '@/meta/types';
import type { Card, Section } from '@/meta/view360';
import { badge, card, pill, recordLink, type Hold } from './drawing';

export function nextOf(hold: Hold): HTMLElement | null {
  const actions = hold.view.actions ?? [];
  if (!actions.length) return null;
  const others = (records: readonly Card[]) => records.filter(({ id }) => id !== hold.view.record.id).slice(0, 2);
  return card(
    'next',
    hold.say('record:next.title'),
    h(
      'ol',
      { class: 'todo' },
      ...actions.map(({ text, records }) =>
        h(
          'li',
          {},
          h('span', { class: 'warn todo-sign' }, sign(IDEA, 17)),
          h('div', {}, h('span', { dir: 'auto' }, text), ...others(records).map((record) => recordLink(hold, record, { class: 'cut small', dir: 'auto' }, record.title))),
        ),
      ),
    ),
  );
}

export function waitingOf(hold: Hold): HTMLElement | null {
  const open = hold.view.unfinished ?? [];
  if (!open.length) return null;
  const { say, format, typeOf } = hold;
  return card(
    'waiting',
    say('record:waiting.title'),
    h(
      'ul',
      { class: 'todo' },
      ...open.map(({ record, due, late }) =>
        h(
          'li',
          {},
          h('span', { class: 'muted todo-sign' }, sign(outlineOf(typeOf(record.type)?.icon ?? ''), 17)),
          recordLink(hold, record, { class: 'cut plain grow', dir: 'auto' }, record.title),
          due && h('bdi', { class: late ? 'num bad when' : 'num muted when' }, format.ago(due)),
          late && pill(say('embed:late'), 'bad'),
        ),
      ),
    ),
  );
}

export function linksOf(hold: Hold): HTMLElement | null {
  const sections = (hold.view.sections ?? []).filter((section) => section.count > 0);
  return sections.length ? card('links', hold.say('record:tab.relations'), h('div', { class: 'near' }, ...sections.map((section) => near(section, hold)))) : null;
}

function near({ label, count, links }: Section, hold: Hold): HTMLElement {
  const { say, format, settings } = hold;
  const rest = count - links.length;
  return h(
    'div',
    {},
    h('h4', {}, `${capital(label, settings.language)} `, h('span', { class: 'muted num' }, format.number(count))),
    ...links.map(({ record }) => recordLink(hold, record, { class: 'near-link' }, badge(record, 22), h('span', { class: 'cut', dir: 'auto' }, record.title))),
    rest > 0 && h('small', { class: 'muted' }, say('embed:more', { number: format.number(rest) })),
  );
}
