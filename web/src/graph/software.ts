/** What the browser can draw. */

/** Records of a drawing at most: without a graphics card it still moves at ten frames a second with so many. */
export const MOST_DRAWN = 20_000;

let able: boolean | undefined;

/** Whether the browser draws at all; where it does not, lists tell what there is. */
export function canDraw(): boolean {
  if (able === undefined) {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
    able = context !== null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return able;
}
