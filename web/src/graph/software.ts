/** Whether the browser draws without a graphics card; then large scenes are capped, and the page says so. */
export const MOST_HARD = 20_000;
export const MOST_SOFT = 5_000;

export const isSoftware = (renderer: string): boolean => /swiftshader|llvmpipe|software|basic render/i.test(renderer);

let known: boolean | undefined;

export function drawsInSoftware(): boolean {
  known ??= isSoftware(rendererName());
  return known;
}

let able: boolean | undefined;

/** Whether the browser draws at all; then lists tell what there is. */
export function canDraw(): boolean {
  able ??= contextOf() !== null;
  return able;
}

function contextOf(): WebGLRenderingContext | WebGL2RenderingContext | null {
  const canvas = document.createElement('canvas');
  return canvas.getContext('webgl2') ?? canvas.getContext('webgl');
}

function rendererName(): string {
  const gl = contextOf();
  const naming = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = gl && naming ? String(gl.getParameter(naming.UNMASKED_RENDERER_WEBGL)) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}
