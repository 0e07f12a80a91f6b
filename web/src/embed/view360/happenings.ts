/** Everything that happened lately, in one line, the newest first. */
import { h, sign } from '@/embed/dom';
import { CHANGED, outlineOf } from '@/embed/signs';
import { capital } from '@/meta/types';
import { changedFields, operation, type Event } from '@/meta/view360';
import { card, recordLink, type Hold } from './drawing';

export function happeningsOf(hold: Hold): HTMLElement {
  const events = hold.view.timeline?.events ?? [];
  const list = h('ol', { class: 'happenings' }, ...events.map((event) => h('li', {}, ...(event.record ? ofRecord(event, hold) : ofChange(event, hold)))));
  return card('timeline', hold.say('record:tab.timeline'), events.length ? list : h('p', { class: 'card-note card-end' }, hold.say('record:timeline.none')));
}

function ofRecord({ record, at }: Event, hold: Hold): HTMLElement[] {
  if (!record) return [];
  const type = hold.typeOf(record.type);
  const { format, settings } = hold;
  return [
    h('span', { class: 'happening-sign', style: { '--hue': type?.color || '#64748b' } }, sign(outlineOf(type?.icon ?? ''), 15)),
    h(
      'div',
      {},
      recordLink(hold, record, { class: 'plain', dir: 'auto' }, record.title),
      h('small', { class: 'num' }, type ? `${capital(type.label, settings.language)} · ` : '', h('bdi', {}, format.day(at)), ` · ${format.ago(at)}`),
    ),
  ];
}

function ofChange({ change, at }: Event, { type, say, format, settings }: Hold): HTMLElement[] {
  if (!change) return [];
  const op = operation(change.op);
  const names = op === 'update' ? changedFields(change.fields, type.fields).map(({ label }) => capital(label, settings.language)) : [];
  const list = new Intl.ListFormat(settings.language, { type: 'unit' }).format(names.slice(0, 4));
  return [
    h('span', { class: 'happening-sign' }, sign(CHANGED, 15)),
    h('div', {}, h('span', {}, say(`record:op.${op}`) + (list && `: ${list}`)), h('small', { class: 'num' }, format.ago(at), change.reason && ' · ', change.reason && h('bdi', {}, change.reason))),
  ];
}
