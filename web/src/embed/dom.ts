/** Elements made by a call, without a library and without markup in strings. */
export type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: Event) => void) | Readonly<Record<string, string>>;
export type Given = Readonly<Record<string, Value>>;

/** `onclick` listens, `style` sets properties one by one (as strict policies of pages want it), anything else is an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, given: Given = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), given, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(tag: K, given: Given = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), given, children);
}

function filled<E extends HTMLElement | SVGElement>(element: E, given: Given, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice('on'.length), value);
    else if (typeof value === 'object') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An outline of 24 by 24, drawn in the colour of the text around it. */
export const sign = (lines: readonly string[], size: number, stroke = 1.8): SVGElement =>
  svg(
    'svg',
    { width: size, height: size, viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': stroke, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' },
    ...lines.map((d) => svg('path', { d })),
  );
