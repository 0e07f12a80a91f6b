/** One record whole, as elements: who or what it is, how it stands, what is to be done, what it is linked with, what happened. */
import { h, sign, type Child } from '@/embed/dom';
import type { Hands } from '@/embed/element';
import type { XrmPart, XrmRecord } from '@/embed/public';
import { OPEN } from '@/embed/signs';
import { capital } from '@/meta/types';
import { hueOf } from '@/ui/hues';
import type { Answer, NamedType, Whole } from './asking';
import { detailsOf, factsOf } from './fields';
import { healthOf } from './health';
import { figuresOf } from './figures';
import { linksOf, nextOf, waitingOf } from './lists';
import { happeningsOf } from './happenings';

/** What a part of the view is made with. */
export interface Hold extends Hands {
  view: Whole;
  type: NamedType;
  typeOf: (name: string) => NamedType | undefined;
}

const DRAW: Record<XrmPart, (hold: Hold) => HTMLElement | null> = {
  health: healthOf,
  figures: figuresOf,
  next: nextOf,
  waiting: waitingOf,
  links: linksOf,
  timeline: happeningsOf,
  details: detailsOf,
};
const ASIDE: readonly XrmPart[] = ['health', 'next', 'waiting', 'details'];

export function wholeOf({ view360: view, model }: Answer, parts: readonly XrmPart[], asOf: string, hands: Hands): HTMLElement | null {
  const typeOf = (name: string): NamedType | undefined => model.types.find((type) => type.name === name);
  const type = view ? typeOf(view.record.type) : undefined;
  if (!view || !type) return null;
  const hold: Hold = { ...hands, view, type, typeOf };
  const column = (which: readonly XrmPart[], name: string): HTMLElement | null => {
    const drawn = which.flatMap((part) => DRAW[part](hold) ?? []);
    return drawn.length ? h('div', { class: `half ${name}` }, ...drawn) : null;
  };
  return h(
    'article',
    { class: 'whole', 'aria-labelledby': 'title' },
    head(hold, asOf),
    h('div', { class: 'halves' }, column(parts.filter((part) => ASIDE.includes(part)), 'aside'), column(parts.filter((part) => !ASIDE.includes(part)), 'main')),
  );
}

function head(hold: Hold, asOf: string): HTMLElement {
  const { view, type, say, format, settings } = hold;
  const { record } = view;
  return h(
    'header',
    { class: 'card record-head', part: 'card head' },
    badge(record, 44),
    h(
      'div',
      { class: 'record-name' },
      h(
        'div',
        { class: 'record-title' },
        h('h2', { id: 'title', dir: 'auto', part: 'title' }, record.title),
        pill(capital(type.label, settings.language), 'line', type.color),
        asOf && pill(say('embed:past', { day: format.day(asOf) }), 'warn'),
      ),
      factsOf(hold),
    ),
    recordLink(hold, record, { class: 'open', 'aria-label': say('embed:open'), title: say('embed:open') }, sign(OPEN, 18)),
  );
}

/** A card of the view, with its heading. */
export const card = (part: XrmPart, title: string, ...children: Child[]): HTMLElement =>
  h('section', { class: 'card', part: `card ${part}`, 'aria-label': title }, h('div', { class: 'card-head' }, h('h3', {}, title)), ...children);

/** A way to a record; what is done when it is taken is up to the page around. */
export const recordLink = (hands: Pick<Hold, 'hrefOf' | 'open'>, record: XrmRecord, given: Record<string, string>, ...children: Child[]): HTMLElement =>
  h('a', { ...given, href: hands.hrefOf(record.id), target: '_blank', rel: 'noopener', onclick: (event) => hands.open(record, event) }, ...children);

export const pill = (text: string, tone = '', dot = ''): HTMLElement =>
  h('span', { class: tone ? `pill pill-${tone}` : 'pill' }, dot && h('i', { class: 'dot', style: { background: dot } }), h('span', {}, text));

/** The first letter of a name on a tint of its own. */
export const badge = ({ id, title }: XrmRecord, size: number): HTMLElement =>
  h(
    'span',
    { class: 'badge', 'aria-hidden': 'true', style: { width: `${size}px`, height: `${size}px`, 'font-size': `${size * 0.44}px`, '--hue': hueOf(id) } },
    [...title.trim()][0]?.toLocaleUpperCase() ?? '·',
  );
