// The whole client: typed operations over HTTP, and typed subscriptions as server-sent events.
import type { TypedDocumentString } from "./generated.ts";

export interface Fault {
  readonly message: string;
  readonly path?: readonly (number | string)[];
  readonly extensions?: { readonly code?: string };
}

/** An operation that was not carried out, or not in full. What a user can mend in a mutation is data in its payload instead. */
export class OperationFailed extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.message).join("\n"));
    this.faults = faults;
  }
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly Fault[];
}

export class Client {
  readonly #address: string;
  readonly #token: string;

  constructor(address: string, token: string) {
    this.#address = `${address}/graphql`;
    this.#token = token;
  }

  /** The data of an operation. Throws OperationFailed. */
  async ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
    const response = await this.#send(document, variables, "application/graphql-response+json");
    return dataOf((await response.json()) as Answer<Result>);
  }

  /** What a subscription tells, as long as it is asked for more. Throws OperationFailed. */
  async *follow<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result, void, undefined> {
    const response = await this.#send(document, variables, "text/event-stream");
    if (response.body === null) return;
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const told = event.split("\n").find((line) => line.startsWith("data: "));
        if (told !== undefined) yield dataOf(JSON.parse(told.slice("data: ".length)) as Answer<Result>);
      }
    }
  }

  #send<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    accept: string,
  ): Promise<Response> {
    return fetch(this.#address, {
      method: "POST",
      headers: { accept, authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
  }
}

function dataOf<Result>(answer: Answer<Result>): Result {
  if (answer.errors?.length || answer.data == null) throw new OperationFailed(answer.errors ?? []);
  return answer.data;
}
