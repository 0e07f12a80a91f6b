/** The drawing with its tools, its legend and its list, kept together: what is picked in one is picked in all. */
import { h, sign } from '@/embed/dom';
import type { Hands } from '@/embed/element';
import type { XrmRecord } from '@/embed/public';
import { FIT, FURTHER, NEARER } from '@/embed/signs';
import type { Layout } from '@/graph/choices';
import { tally, type Scene } from '@/graph/scene';
import { canDraw } from '@/graph/software';
import { capital } from '@/meta/types';
import type { Answer } from './asking';
import type { Picture } from './drawing';
import { namingOf, type Naming } from './naming';
import { neighbours, typeSign } from './neighbours';

export interface Drawn {
  scene: Scene;
  model: Answer['model'];
  middle: string;
  layout: Layout;
  leftOut: Readonly<Record<string, number>>;
  tell: (record: XrmRecord | null) => void;
  open: (record: XrmRecord) => void;
}

export class GraphPanel {
  readonly element: HTMLElement;
  readonly #naming: Naming;
  readonly #list = h('div', { class: 'list', part: 'list' });
  readonly #legend = h('ul', { class: 'stage-legend', part: 'stage-legend' });
  readonly #today = new Date().toISOString();
  #picture: Picture | null = null;
  #picked: string | null = null;
  #ended = false;

  constructor(
    private readonly given: Drawn,
    private hands: Hands,
  ) {
    this.#naming = namingOf(given.model);
    const box = h('div', { class: 'canvas', role: 'img', dir: 'ltr', 'aria-label': this.#label() });
    const stage = h('div', { class: 'stage', part: 'stage' }, this.#legend, h('div', { class: 'paper' }, box), h('div', { class: 'tools', part: 'tools' }, ...this.#tools()));
    this.element = h('div', { class: 'graph' }, canDraw() ? stage : h('p', { class: 'cannot muted', role: 'note' }, hands.say('graph:cannot')), this.#list);
    this.#tellAll();
    if (canDraw()) void this.#draw(box);
  }

  paint(dark: boolean): void {
    this.hands = { ...this.hands, dark };
    this.#picture?.paint(dark);
    this.#tellAll();
  }

  end(): void {
    this.#ended = true;
    this.#picture?.end();
    this.#picture = null;
  }

  async #draw(box: HTMLElement): Promise<void> {
    const { scene, middle, layout, model } = this.given;
    const { draw } = await import('./drawing');
    if (this.#ended) return;
    const what = {
      scene,
      middle,
      layout,
      typeColors: new Map(model.types.map(({ name, color }) => [name, color])),
      symmetric: new Set(model.relations.filter(({ symmetric }) => symmetric).map(({ name }) => name)),
      signs: new Map(model.types.map(({ name }) => [name, this.#naming.type(name).lines])),
      today: this.#today.slice(0, 10),
    };
    this.#picture = draw(box, what, this.hands.dark, { onPick: (id) => this.#pick(id), onOpen: (id) => this.#open(id) });
    this.#picture.pick(this.#picked);
  }

  #pick(id: string | null, focus = false): void {
    if (id === this.#picked) return;
    this.#picked = id;
    this.#picture?.pick(id);
    this.#tellList();
    if (focus) this.#list.querySelector<HTMLElement>('h3')?.focus();
    this.given.tell(id === null ? null : this.#record(id));
  }

  #open(id: string): void {
    const record = this.#record(id);
    if (record) this.given.open(record);
  }

  #record(id: string): XrmRecord | null {
    const found = this.given.scene.records.get(id);
    return found ? { id, type: found.type, title: found.title } : null;
  }

  #tellAll(): void {
    const types = tally([...this.given.scene.records.values()].map(({ type }) => type));
    const { dark, settings } = this.hands;
    const entry = (type: string): HTMLElement => h('li', {}, typeSign(type, 14, this.#naming, dark), capital(this.#naming.type(type).labels, settings.language));
    this.#legend.replaceChildren(...types.map(([type]) => entry(type)));
    this.#tellList();
  }

  #tellList(): void {
    const listed = { scene: this.given.scene, naming: this.#naming, middle: this.given.middle, today: this.#today, onPick: (id: string | null) => this.#pick(id, true) };
    this.#list.replaceChildren(...neighbours(this.#picked ?? this.given.middle, listed, this.hands), this.#foot());
  }

  #foot(): HTMLElement {
    const { say, format } = this.hands;
    const left = Object.values(this.given.leftOut).reduce((sum, count) => sum + count, 0);
    const more = left ? ` · ${say('embed:left', { count: left, number: format.number(left) })}` : '';
    return h('p', { class: 'counted muted num' }, this.#counted() + more);
  }

  #counted(): string {
    const { say, format } = this.hands;
    const { records, links } = this.given.scene;
    const words = (key: string, count: number): string => say(key, { count, number: format.number(count) });
    return say('graph:count', { records: words('graph:records', records.size), links: words('graph:links', links.size) });
  }

  #label(): string {
    return this.hands.say('embed:drawing', { name: this.#record(this.given.middle)?.title, count: this.#counted() });
  }

  #tools(): HTMLElement[] {
    const tool = (key: string, lines: readonly string[], act: () => void): HTMLElement => {
      const label = this.hands.say(key);
      return h('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, sign(lines, 17));
    };
    return [
      tool('graph:tool.in', NEARER, () => this.#picture?.zoom('in')),
      tool('graph:tool.out', FURTHER, () => this.#picture?.zoom('out')),
      tool('graph:tool.fit', FIT, () => this.#picture?.fit()),
    ];
  }
}
