/** What can go wrong between the browser and the server, each with a code that the catalogues put into words. */
export interface Problem {
  code: string;
  message: string;
  path: readonly (string | number)[];
  details?: unknown;
}

/** Why something was not done, as it can be kept and told later, in whatever language is read then. */
export interface Refusal {
  code: string;
  message: string;
  problems: readonly Problem[];
}

export class Failure extends Error {
  readonly code: string;
  /** Under which the server's log tells of it. */
  readonly correlationId: string;
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, correlationId = '', problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.correlationId = correlationId;
    this.problems = problems;
  }

  /** Whether asking again may help without anybody doing anything. */
  get passes(): boolean {
    return this.code === 'offline' || this.code === 'unavailable' || this.code === 'timed_out';
  }
}

/** Under which id the server's log tells of an answer with problems. */
const ids = new WeakMap<readonly Problem[], string>();

/** Keeps the id of the answer that problems came with, for the Failure that is made of them. */
export function cameUnder(problems: readonly Problem[], correlationId: string): void {
  ids.set(problems, correlationId);
}

/** The Failure of what was refused, with everything that the server found wrong; null where it found nothing. */
export function refusalOf(problems: readonly Problem[]): Failure | null {
  const [first] = problems;
  return first ? new Failure(first.code, first.message, ids.get(problems), problems) : null;
}

/** What a change answered. Throws the Failure of what it was refused for. */
export function accepted<T extends { errors: readonly Problem[] }>(payload: T): T {
  const refusal = refusalOf(payload.errors);
  if (refusal) throw refusal;
  return payload;
}

/** What browsers say when a part of the application could not be fetched. */
const NO_PART = /dynamically imported module|module script failed|preload CSS/i;

export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Failure(NO_PART.test(message) ? 'offline' : 'unexpected', message);
}
