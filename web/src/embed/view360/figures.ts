/** The figures that the type's profile names, each beside the period before and as it went for a year. */
import { h, svg } from '@/embed/dom';
import { figureWords, says, toneOf, trendWords, type Figure } from '@/meta/view360';
import { SPARK_WIDTH, sparkShape } from '@/ui/shapes';
import type { Hold } from './drawing';

const HEIGHT = 28;

export function figuresOf(hold: Hold): HTMLElement | null {
  const figures = (hold.view.kpis ?? []).filter(says);
  if (!figures.length) return null;
  return h('section', { class: 'card figures', part: 'card figures', 'aria-label': hold.say('record:figures') }, ...figures.map((figure) => one(figure, hold)));
}

function one(figure: Figure, { format }: Hold): HTMLElement {
  const tone = toneOf(figure);
  return h(
    'div',
    { class: 'figure' },
    h('div', { class: 'figure-name', title: figure.label }, figure.label),
    h('div', { class: 'figure-value num' }, h('bdi', {}, figureWords(figure, format)), tone && h('em', { class: tone }, h('bdi', {}, trendWords(figure, format)))),
    spark(figure.months.map((month) => Number(month.value)), tone === 'bad' ? 'var(--x-bad-fill)' : 'var(--x-accent)'),
  );
}

function spark(values: readonly number[], color: string): Element {
  const shape = values.some(Boolean) ? sparkShape(values, HEIGHT) : null;
  if (!shape) return h('span', { class: 'figure-quiet' });
  return svg(
    'svg',
    { width: '100%', height: HEIGHT, viewBox: `0 0 ${SPARK_WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', class: 'spark' },
    svg('path', { d: shape.area, opacity: 0.1, style: { fill: color } }),
    svg('path', { d: shape.line, fill: 'none', 'stroke-width': 1.6, 'stroke-linejoin': 'round', 'stroke-linecap': 'round', 'vector-effect': 'non-scaling-stroke', style: { stroke: color } }),
  );
}
