/** `<xrm-graph>`. */
import { Asking, reflect, type Hands, type Wanted } from '@/embed/element';
import { between, listed, type Reader } from '@/embed/reader';
import { LAYOUTS } from '@/graph/choices';
import { sceneOf } from '@/graph/scene';
import { AROUND, type Answer } from './asking';
import { GraphPanel } from './panel';

const TEXTS = { kinds: 'kinds', relations: 'relations', layout: 'layout' };
const NUMBERS = { hops: 2, limit: 60 };

export class GraphView extends Asking<Answer> {
  static readonly observedAttributes = [...Asking.texts, ...Object.values(TEXTS), ...Object.keys(NUMBERS)];
  protected readonly heights = [360];
  #panel: GraphPanel | undefined;

  protected override get ownProperties(): readonly string[] {
    return [...Object.keys(TEXTS), ...Object.keys(NUMBERS)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#panel?.end();
  }

  protected wanted({ settings }: Reader): Wanted {
    const variables = {
      ids: [this.text('record')],
      hops: between(this.getAttribute('hops'), 1, 4, NUMBERS.hops),
      limit: between(this.getAttribute('limit'), 2, 250, NUMBERS.limit),
      kinds: listed(this.text('kinds')),
      relations: listed(this.text('relations')),
      asOf: this.moment,
      language: settings.language,
    };
    return { query: AROUND, variables };
  }

  protected drawn({ subgraph, model }: Answer, hands: Hands): HTMLElement | null {
    this.#panel?.end();
    const middle = this.text('record');
    const scene = sceneOf([{ records: subgraph.records.map(({ record }) => ({ ...record, values: {} })), links: subgraph.links }]);
    if (!scene.records.has(middle)) return null;
    const layout = LAYOUTS.find((each) => each === this.text('layout')) ?? 'radial';
    this.#panel = new GraphPanel({ scene, model, middle, layout, leftOut: subgraph.recordsLeftOut, tell: (record) => this.tell('xrm-select', record), open: this.#open(hands) }, hands);
    return this.#panel.element;
  }

  protected override repaint(dark: boolean): void {
    this.#panel?.paint(dark);
  }

  /** Opens a record that was picked twice, as a link would. */
  #open = (hands: Hands) => (record: { id: string; type: string; title: string }): void => {
    const asked = new Event('open', { cancelable: true });
    hands.open(record, asked);
    if (!asked.defaultPrevented) window.open(hands.hrefOf(record.id), '_blank', 'noopener');
  };
}

reflect(GraphView, TEXTS, NUMBERS);
