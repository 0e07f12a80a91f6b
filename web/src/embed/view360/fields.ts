/** What the record itself says, field by field. */
import { h, type Child } from '@/embed/dom';
import { said } from '@/meta/kinds/said';
import { capital, choiceLabel } from '@/meta/types';
import type { NamedField } from './asking';
import { card, pill, type Hold } from './drawing';

const MOST_FACTS = 5;
const ADDRESSES: Record<string, (value: string) => string> = { email: (value) => `mailto:${value}`, url: (value) => value, phone: (value) => `tel:${value.replace(/[^+\d]/g, '')}` };
const filled = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && !value.length);

/** The facts that say most, beside the name. */
export function factsOf({ view, type, ...hold }: Hold): HTMLElement {
  const fields = type.fields.filter(({ name }) => view.headline.includes(name) && filled(view.record.values[name]));
  return h(
    'div',
    { class: 'record-facts' },
    ...fields.slice(0, MOST_FACTS).map((field) => h('span', {}, h('small', {}, named(field, hold)), cell(field, view.record.values[field.name], hold))),
  );
}

export function detailsOf({ view, type, say, ...hold }: Hold): HTMLElement {
  const { values } = view.record;
  const fields = type.fields.filter(({ name }) => filled(values[name]));
  const row = (name: string, value: Child, long: boolean): HTMLElement => h('div', { 'data-long': long }, h('dt', {}, name), h('dd', {}, value));
  return card(
    'details',
    say('record:details'),
    h(
      'dl',
      { class: 'details' },
      ...fields.map((field) => row(named(field, hold), cell(field, values[field.name], { ...hold, say }), field.kind === 'longText')),
      typeof values.updatedAt === 'string' && row(say('record:changed'), h('bdi', { class: 'num' }, hold.format.ago(values.updatedAt)), false),
    ),
  );
}

type With = Pick<Hold, 'format' | 'settings' | 'say'>;

const named = ({ label }: NamedField, { settings }: Pick<With, 'settings'>): string => capital(label, settings.language);

/** A value as it is read: what has a direction of its own keeps it. */
function cell(field: NamedField, value: unknown, hands: With): HTMLElement {
  const text = said(field, value, hands.format);
  if (text !== null) return h('bdi', { class: 'num cut' }, text);
  if (typeof value === 'boolean') return h('span', {}, hands.say(value ? 'app:yes' : 'app:no'));
  if (field.kind === 'choice') return choice(field, value, hands);
  if (Array.isArray(value)) return h('span', { class: 'pills' }, ...value.map((each) => choice(field, each, hands)));
  if (typeof value === 'object' && value !== null) return place(value, hands);
  const address = ADDRESSES[field.kind]?.(String(value));
  if (!address || !/^(mailto|tel|https?):/i.test(address)) return h('span', { class: 'cut', dir: 'auto' }, String(value));
  const shown = field.kind === 'url' ? String(value).replace(/^https?:\/\//, '').replace(/\/$/, '') : String(value);
  return h('a', { class: 'cut plain', dir: 'ltr', href: address, target: '_blank', rel: 'noopener noreferrer' }, shown);
}

function choice(field: NamedField, value: unknown, { settings }: With): HTMLElement {
  const known = field.options.choices?.find((each) => each.value === value);
  return pill(known ? choiceLabel(known, settings.language) : String(value), '', known?.color);
}

function place(value: object, { format }: With): HTMLElement {
  const point = 'latitude' in value && 'longitude' in value ? `${format.number(Number(value.latitude), 4)}, ${format.number(Number(value.longitude), 4)}` : '';
  return h('bdi', { class: 'num cut', dir: 'ltr' }, point);
}
