/** Lines with gaps. */
import { EdgeLineProgram, EdgeRectangleProgram } from 'sigma/rendering';
import type { EdgeDrawn, NodeDrawn } from './sync';

const DASHES = `
precision mediump float;
varying vec4 v_color;
void main(void) {
  #ifndef PICKING_MODE
  if (mod(floor(gl_FragCoord.x / 5.0) + floor(gl_FragCoord.y / 7.3), 2.0) > 0.5) discard;
  #endif
  gl_FragColor = v_color;
}`;

/** For links that do not hold now: sigma's own line, of which every other square of the screen is left out. */
export class DashedLineProgram extends EdgeLineProgram<NodeDrawn, EdgeDrawn> {
  override getDefinition() {
    return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE: DASHES };
  }
}

const MAIN = /void main\([^)]*\) \{/;
const WALKED = `varying float v_walked;
void main(void) {
  v_walked = a_positionCoef * length(a_positionEnd - a_positionStart) / u_correctionRatio;`;
const DOTS = `varying float v_walked;
void main(void) {
  #ifndef PICKING_MODE
  if (mod(v_walked, 8.0) > 4.0) discard;
  #endif`;

/** For links that nobody recorded: sigma's broad line, of which every other piece of its own length is left out. */
export class LikelyLineProgram extends EdgeRectangleProgram<NodeDrawn, EdgeDrawn> {
  override getDefinition() {
    const whole = super.getDefinition();
    return {
      ...whole,
      VERTEX_SHADER_SOURCE: whole.VERTEX_SHADER_SOURCE.replace(MAIN, WALKED),
      FRAGMENT_SHADER_SOURCE: whole.FRAGMENT_SHADER_SOURCE.replace(MAIN, DOTS),
    };
  }
}
