/** What the API answers over HTTP, read: data, or a Failure. */
import { cameUnder, Failure, type Problem } from './failures';

interface Told {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; correlationId?: string; details?: unknown; problems?: Problem[]; faults?: Misread[] };
}

/** What is wrong with a filter in words, and where. */
interface Misread {
  code: string;
  message: string;
  line: number;
  column: number;
  details?: Record<string, unknown>;
}

interface Answer<T> {
  data?: T | null;
  errors?: Told[];
  error?: { code: string; message: string };
}

/** The data of an answer. Throws the Failure that it tells of. */
export async function dataOf<T>(response: Response): Promise<T> {
  const answer = await read<T>(response);
  if (answer.errors?.length || !answer.data) throw refused(answer, response);
  for (const payload of Object.values(answer.data)) noteProblems(payload, idOf(response));
  return answer.data;
}

function noteProblems(payload: unknown, id: string): void {
  const { errors } = (payload ?? {}) as { errors?: Problem[] };
  if (Array.isArray(errors)) cameUnder(errors, id);
}

async function read<T>(response: Response): Promise<Answer<T>> {
  try {
    return (await response.json()) as Answer<T>;
  } catch (error) {
    // a body that breaks off is a line that is away, one that cannot be read is not
    const unread = error instanceof SyntaxError;
    throw new Failure(!unread ? 'offline' : response.status >= 500 ? 'unavailable' : 'unexpected', '', idOf(response));
  }
}

function refused(answer: Answer<unknown>, response: Response): Failure {
  const told = answer.errors ?? [];
  const first = told[0];
  const code = first?.extensions?.code ?? answer.error?.code ?? 'unexpected';
  const message = first?.message ?? answer.error?.message ?? '';
  return new Failure(code, message, first?.extensions?.correlationId ?? idOf(response), told.flatMap(problemsOf));
}

const idOf = (response: Response): string => response.headers.get('x-request-id') ?? '';

/** Each thing that is wrong with what was asked, where the server tells them apart. */
function problemsOf({ message, path, extensions }: Told): Problem[] {
  const faults = extensions?.faults?.map(({ code, message, line, column, details }) => ({ code, message, path: [], details: { ...details, line, column } }));
  return extensions?.problems ?? faults ?? [{ code: extensions?.code ?? 'unexpected', message, path: path ?? [], details: extensions?.details }];
}
