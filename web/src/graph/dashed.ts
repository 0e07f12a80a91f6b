/** A line with gaps, for links that do not hold now: sigma's own line, of which every other square of the screen is left out. */
import { EdgeLineProgram } from 'sigma/rendering';
import type { EdgeDrawn, NodeDrawn } from './sync';

const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
void main(void) {
  #ifndef PICKING_MODE
  if (mod(floor(gl_FragCoord.x / 5.0) + floor(gl_FragCoord.y / 7.3), 2.0) > 0.5) discard;
  #endif
  gl_FragColor = v_color;
}`;

export class DashedLineProgram extends EdgeLineProgram<NodeDrawn, EdgeDrawn> {
  override getDefinition() {
    return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE: FRAGMENT };
  }
}
