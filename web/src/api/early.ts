/** Answers to what the page's own script asked before the program was there, see boot/; each is taken once. */
import { keyOf, type Question } from './first';

declare global {
  interface Window {
    xrmEarly?: Record<string, Promise<Response | null>>;
  }
}

/** The answer to a question that was asked early; undefined where it was not, or where it has to be asked anew. */
export async function early(question: Question): Promise<Response | undefined> {
  if (!window.xrmEarly) return undefined;
  const key = keyOf(question);
  const asked = window.xrmEarly[key];
  if (!asked) return undefined;
  delete window.xrmEarly[key];
  const response = await asked;
  return response?.ok ? response : undefined;
}
