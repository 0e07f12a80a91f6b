/** The elements `<xrm-360>` and `<xrm-graph>`: importing this module is all that is needed to use them. */
import { Asking } from './element';
import { GraphView } from './graph/element';
import { View360 } from './view360/element';

const here = import.meta.url;
Asking.server = new URL('..', here).href;

/** Twice on a page, from two addresses say, the first one stays. */
function define(name: string, made: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, made);
}

if (typeof customElements !== 'undefined') {
  define('xrm-360', View360);
  define('xrm-graph', GraphView);
}

export type * from './public';
