/** The drawing in words: one record, and whoever is linked with it, each a way on. */
import { h, sign } from '@/embed/dom';
import type { Hands } from '@/embed/element';
import { OPEN } from '@/embed/signs';
import { paintOf, typeColor } from '@/graph/colors';
import { linksByRecord, otherEnd, type Scene, type SceneLink, type SceneRecord } from '@/graph/scene';
import { capital } from '@/meta/types';
import type { Naming } from './naming';

export interface Listed {
  scene: Scene;
  naming: Naming;
  /** Where the drawing began. */
  middle: string;
  today: string;
  onPick: (id: string | null) => void;
}

export function neighbours(id: string, listed: Listed, hands: Hands): HTMLElement[] {
  const record = listed.scene.records.get(id);
  if (!record) return [];
  const links = (linksByRecord(listed.scene.links.values()).get(id) ?? []).sort((a, b) => b.weight - a.weight);
  return [heading(record, listed, hands), h('ul', { class: 'near-list' }, ...onceEach(links, id).map((found) => one(found, listed, hands)))];
}

/** Each neighbour once, with all that links it; the strongest first. */
function onceEach(links: readonly SceneLink[], id: string): [string, SceneLink[]][] {
  const found = new Map<string, SceneLink[]>();
  for (const link of links) {
    const other = otherEnd(link, id);
    found.set(other, [...(found.get(other) ?? []), link]);
  }
  return [...found];
}

function heading(record: SceneRecord, { middle, scene, naming, onPick }: Listed, hands: Hands): HTMLElement {
  const { say, hrefOf, open } = hands;
  const start = scene.records.get(middle);
  const back = record.id !== middle && start;
  return h(
    'div',
    { class: 'near-of' },
    h(
      'div',
      { class: 'near-title' },
      typeSign(record.type, 22, naming, hands.dark),
      h('h3', { dir: 'auto', tabindex: -1, class: 'cut' }, record.title),
      h('a', { class: 'open', href: hrefOf(record.id), target: '_blank', rel: 'noopener', 'aria-label': say('embed:open'), title: say('embed:open'), onclick: (event) => open(record, event) }, sign(OPEN, 16)),
    ),
    h('p', { class: 'muted' }, capital(naming.type(record.type).label, hands.settings.language)),
    back && h('button', { type: 'button', class: 'act', onclick: () => onPick(null) }, h('span', { class: 'cut', dir: 'auto' }, say('embed:back', { name: start.title }))),
  );
}

function one([id, links]: readonly [string, readonly SceneLink[]], { scene, naming, today, onPick }: Listed, hands: Hands): HTMLElement {
  const record = scene.records.get(id);
  const { language } = hands.settings;
  const names = [...new Set(links.map((link) => naming.relation(link.relation).label))].map((name, place) => (place ? name : capital(name, language)));
  const over = links.every(({ validTo }) => validTo !== null && validTo <= today);
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', onclick: () => onPick(id) },
      typeSign(record?.type ?? '', 20, naming, hands.dark),
      h(
        'span',
        { class: 'near-name' },
        h('span', { class: 'cut', dir: 'auto' }, record?.title ?? ''),
        h('small', { class: 'muted cut' }, new Intl.ListFormat(language, { type: 'unit' }).format(names) + (over ? ` · ${hands.say('embed:end')}` : '')),
      ),
    ),
  );
}

/** The sign of a type in its colour, as discs on the drawing have it. */
export function typeSign(type: string, size: number, naming: Naming, dark: boolean): HTMLElement {
  const { color, lines } = naming.type(type);
  const paint = paintOf(dark);
  const style = { width: `${size}px`, height: `${size}px`, background: typeColor(color, paint), color: paint.paper };
  return h('i', { class: 'type-sign', 'aria-hidden': 'true', style }, sign(lines, Math.round(size * 0.66), 2));
}
