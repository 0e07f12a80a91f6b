/** Answers to what the page's own script asked before the program was there, see boot/; each is taken once. */

declare global {
  interface Window {
    xrmEarly?: Record<string, Promise<Response | null>>;
  }
}

/** The answer to a question that was asked early; undefined where it was not, or where it has to be asked anew. */
export async function early(query: string): Promise<Response | undefined> {
  const asked = window.xrmEarly?.[query];
  if (!asked) return undefined;
  delete window.xrmEarly?.[query];
  const response = await asked;
  return response?.ok ? response : undefined;
}
