/** What both elements do alike: attributes and properties, whom they speak to, one question at a time, and the states around its answer. */
import { asFailure } from '@/api/failures';
import { isRightToLeft, zoneOf } from '@/lib/preferences';
import { asked, folderOf } from './asking';
import { h } from './dom';
import { dress } from './looks';
import type { XrmOpened, XrmRecord, XrmToken } from './public';
import { momentOf, readerOf, type Reader } from './reader';
import { bones, empty, fault, sentenceOf } from './states';
import { wordsOf, type Say } from './words';

/** A server that renders pages has no elements; what is imported there does nothing. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? class {};

const TEXTS = { src: 'src', record: 'record', locale: 'locale', theme: 'theme', asOf: 'as-of', calendar: 'calendar', digits: 'digits', timeZone: 'time-zone' } as const;

export interface Wanted {
  query: string;
  variables: Readonly<Record<string, unknown>>;
}

/** What an element draws with. */
export interface Hands extends Reader {
  say: Say;
  dark: boolean;
  hrefOf: (id: string) => string;
  open: (record: XrmRecord, event: Event) => void;
}

export abstract class Asking<T> extends Base {
  static readonly texts: readonly string[] = Object.values(TEXTS);
  /** Whom to ask where the page does not say: the server that the module came from. */
  static server = '';
  #token: XrmToken | null = null;
  #asking: AbortController | undefined;
  #due = false;
  #frame: HTMLElement | undefined;
  #shown = '';
  #night: MediaQueryList | undefined;

  /** How high the parts are that are on their way. */
  protected abstract readonly heights: readonly number[];
  protected abstract wanted(reader: Reader): Wanted;
  /** What is shown of an answer; null where there is no such record. */
  protected abstract drawn(answer: T, hands: Hands): HTMLElement | null;
  /** What is drawn otherwise by night. */
  protected repaint(_dark: boolean): void {}

  get token(): XrmToken | null {
    return this.#token;
  }
  set token(token: XrmToken | null) {
    this.#token = token;
    this.reload();
  }

  connectedCallback(): void {
    if (!this.#frame) this.#begin();
    this.#night ??= matchMedia('(prefers-color-scheme: dark)');
    this.#night.addEventListener('change', this.#light);
    this.#light();
    this.reload();
  }

  disconnectedCallback(): void {
    this.#night?.removeEventListener('change', this.#light);
    this.#asking?.abort();
    this.#shown = '';
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;
    if (name === 'theme') this.#light();
    else this.reload();
  }

  /** Asks once, however much changes at a time. */
  reload(): void {
    if (this.#due || !this.isConnected) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.isConnected) void this.#load();
    });
  }

  protected text(name: string): string {
    return this.getAttribute(name) ?? '';
  }

  protected tell(name: string, detail: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  protected get moment(): string | null {
    return momentOf(this.text('as-of'));
  }

  get #server(): string {
    return folderOf(this.text('src') || Asking.server, document.baseURI);
  }

  get #dark(): boolean {
    const theme = this.text('theme');
    return theme === 'dark' || (theme !== 'light' && (this.#night?.matches ?? false));
  }

  #begin(): void {
    const root = this.attachShadow({ mode: 'open' });
    dress(root);
    this.#frame = h('div', { class: 'frame', part: 'frame', tabindex: -1 });
    root.append(this.#frame);
    // what was set before the element was known hides the properties of its class
    for (const name of [...Object.keys(TEXTS), 'token', ...this.ownProperties]) takeOver(this, name);
  }

  protected get ownProperties(): readonly string[] {
    return [];
  }

  #light = (): void => {
    this.dataset.theme = this.#dark ? 'dark' : 'light';
    this.repaint(this.#dark);
  };

  async #load(): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const reader = readerOf(this);
    const { language } = reader.settings;
    this.#frame?.setAttribute('lang', language);
    this.#frame?.setAttribute('dir', isRightToLeft(language) ? 'rtl' : 'ltr');
    this.#wait(null);
    const say = await wordsOf(language);
    if (asking.signal.aborted) return;
    const record = this.text('record');
    if (!record) return this.#show(empty(say('embed:nothing.title'), say('embed:nothing.says')), '');
    this.#wait(say);
    const question = { server: this.#server, token: this.#token, ...this.wanted(reader), timeZone: zoneOf(reader.settings), signal: asking.signal };
    try {
      const answer = await asked<T>(question);
      if (asking.signal.aborted) return;
      const drawn = this.drawn(answer, this.#hands(reader, say));
      this.#show(drawn ?? empty(say('record:gone.title'), say(this.moment ? 'record:gone.then' : 'record:gone.says')), drawn ? record : '');
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error, say);
    }
  }

  #fail(error: unknown, say: Say): void {
    const failure = asFailure(error);
    this.#show(fault(failure, say, () => this.reload()), '');
    this.tell('xrm-error', { code: failure.code, message: sentenceOf(failure, say), correlationId: failure.correlationId });
  }

  #hands(reader: Reader, say: Say): Hands {
    const hrefOf = (id: string): string => new URL(`r/${encodeURIComponent(id)}`, this.#server).href;
    const open = ({ id, type, title }: XrmRecord, event: Event): void => {
      const detail: XrmOpened = { id, type, title, href: hrefOf(id) };
      if (!this.tell('xrm-open', detail, true)) event.preventDefault();
    };
    return { ...reader, say, dark: this.#dark, hrefOf, open };
  }

  /** The same record stays, paler, while it is asked for anew; before another one stand bones. */
  #wait(say: Say | null): void {
    const same = this.#shown !== '' && this.#shown === this.text('record');
    this.#frame?.setAttribute('aria-busy', 'true');
    if (!same) this.#put(bones(say, ...this.heights));
  }

  #show(content: HTMLElement, record: string): void {
    this.#shown = record;
    this.#frame?.setAttribute('aria-busy', 'false');
    this.#put(content);
  }

  #put(content: HTMLElement): void {
    const held = this.shadowRoot?.activeElement;
    this.#frame?.replaceChildren(content);
    if (held) this.#frame?.focus({ preventScroll: true });
  }
}

function takeOver(element: HTMLElement, name: string): void {
  const own = Object.getOwnPropertyDescriptor(element, name);
  if (!own || !('value' in own)) return;
  Reflect.deleteProperty(element, name);
  Reflect.set(element, name, own.value);
}

/** Gives a class a property for each attribute. */
export function reflect(made: { prototype: object }, texts: Readonly<Record<string, string>>, numbers: Readonly<Record<string, number>> = {}): void {
  for (const [property, attribute] of Object.entries({ ...TEXTS, ...texts })) {
    Object.defineProperty(made.prototype, property, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement): string {
        return this.getAttribute(attribute) ?? '';
      },
      set(this: HTMLElement, value: unknown) {
        if (value === null || value === undefined || value === '') this.removeAttribute(attribute);
        else this.setAttribute(attribute, String(value));
      },
    });
  }
  for (const [attribute, usual] of Object.entries(numbers)) {
    Object.defineProperty(made.prototype, attribute, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement): number {
        return Number(this.getAttribute(attribute) ?? usual);
      },
      set(this: HTMLElement, value: unknown) {
        if (value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, String(value));
      },
    });
  }
}
