/** How well it stands, how likely it is to leave, and what moved either, with its sign. */
import { h, svg } from '@/embed/dom';
import { healthTone, movers, numberIn, riskTone, rowsOf, type Reason, type Score } from '@/meta/view360';
import { gaugeShape, signedBars } from '@/ui/shapes';
import { fillOf, type Tone } from '@/ui/tones';
import { card, recordLink, type Hold } from './drawing';

const MOST = 4;
const SIZE = 92;

export function healthOf(hold: Hold): HTMLElement | null {
  const { view, say, format } = hold;
  const churn = view.scores?.find((score) => score.engine === 'churn');
  const [health, risk] = [numberIn(view.health, 'score'), numberIn(churn, 'risk')];
  if (health === null && risk === null) return null;
  const moving = movers(view.health ?? null);
  return card(
    'health',
    say('record:health.title'),
    h(
      'div',
      { class: 'health-gauges' },
      health !== null && gauge(hold, health, say('record:health.score'), healthTone(health), say(`record:health.band.${healthTone(health)}`)),
      risk !== null && gauge(hold, risk * 100, say('record:health.risk'), riskTone(risk * 100), foundAt(hold, churn)),
    ),
    reasons(hold, say('record:health.moves'), moving, 1, true),
    churn && reasons(hold, say('record:health.why'), churn.reasons, 100, false),
    !moving.length && !churn && h('p', { class: 'card-note card-end' }, say('record:health.full', { number: format.number(100) })),
  );
}

function foundAt({ say, format }: Hold, score: Score | undefined): string {
  const at = score?.scores.at;
  return typeof at === 'string' ? say('record:health.found', { when: format.ago(at) }) : '';
}

function gauge({ format }: Hold, value: number, label: string, tone: Tone, note: string): HTMLElement {
  const { middle, radius, stroke, whole, filled } = gaugeShape(value, SIZE);
  const ring = (color: string, dashes: string): SVGElement =>
    svg('circle', { cx: middle, cy: middle, r: radius, 'stroke-dasharray': dashes, style: { stroke: color } });
  const words = format.number(value, 0);
  return h(
    'div',
    {},
    svg(
      'svg',
      { width: SIZE, height: SIZE, role: 'img', 'aria-label': `${label}: ${words}` },
      svg(
        'g',
        { transform: `rotate(135 ${middle} ${middle})`, fill: 'none', 'stroke-linecap': 'round', 'stroke-width': stroke },
        ring('var(--x-sunken)', whole),
        filled && ring(fillOf(tone), filled),
      ),
      svg('text', { x: '50%', y: '50%', dy: '.36em', 'text-anchor': 'middle', class: 'num gauge-value' }, words),
    ),
    h('h4', {}, label),
    h('small', {}, note),
  );
}

function reasons(hold: Hold, title: string, list: readonly Reason[], scale: number, better: boolean): HTMLElement | null {
  if (!list.length) return null;
  const rows = rowsOf(list, scale).slice(0, MOST);
  const bars = signedBars(rows.map((row) => row.value), better);
  return h(
    'div',
    {},
    h('h4', { class: 'health-why' }, title),
    h(
      'ul',
      { class: 'contributions' },
      ...rows.map(({ text, value, records }, place) => {
        const { width, start, tone } = bars[place]!;
        const words = hold.format.signed(value, Math.abs(value) < 1 ? 1 : 0);
        const bar = h('i', { style: { width: `${width}%`, 'inset-inline-start': `${start}%`, background: fillOf(tone) } });
        const links = records.slice(0, 2).map((record) => recordLink(hold, { ...record, type: '' }, { class: 'cut', dir: 'auto' }, record.title));
        return h('li', {}, h('span', { dir: 'auto' }, text, ...links), h('span', { class: 'contribution-bar', 'aria-hidden': 'true' }, bar), h('bdi', { class: `num ${tone}` }, words));
      }),
    ),
  );
}
