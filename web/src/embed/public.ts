/** What applications that use the elements may count on: their attributes, properties, events. Types alone. */

/** A token of XRM, or what brings one: asked before each question, and once more where the last one was `refused`. */
export type XrmToken = string | ((asked: { refused: boolean }) => string | Promise<string>);

export type XrmLocale = 'en' | 'ru' | 'fa';
export type XrmTheme = 'light' | 'dark' | 'auto';
export type XrmPart = 'health' | 'figures' | 'next' | 'waiting' | 'links' | 'timeline' | 'details';
export type XrmLayout = 'radial' | 'force' | 'layered' | 'types';

export interface XrmRecord {
  id: string;
  type: string;
  title: string;
}

export interface XrmOpened extends XrmRecord {
  /** The record's page in XRM. */
  href: string;
}

export interface XrmProblem {
  /** Stays the same, for programs. */
  code: string;
  /** What the reader sees. */
  message: string;
  /** Under which XRM's log tells of it; may be empty. */
  correlationId: string;
}

/** All of them bubble, out of shadow trees too. */
export interface XrmEventMap {
  /** A record was picked in the drawing or its list; null when nothing is picked any more. */
  'xrm-select': CustomEvent<XrmRecord | null>;
  /** Somebody wants to see a record. Unless it is prevented, its page in XRM opens in a new tab. */
  'xrm-open': CustomEvent<XrmOpened>;
  'xrm-error': CustomEvent<XrmProblem>;
}

/** What both elements have. Each text but the token is an attribute too: `asOf` is `as-of`, `timeZone` is `time-zone`. */
export interface XrmElement extends HTMLElement {
  /** The address of XRM; where it is left out, the server that the module came from. */
  src: string;
  /** The id of the record. */
  record: string;
  /** The language; where it is left out, that of the page around it, then the browser's. */
  locale: string;
  theme: string;
  /** A day, or a moment: what was true by then. Now, where it is left out. */
  asOf: string;
  /** `gregory` or `persian`; where it is left out, as the language has it. */
  calendar: string;
  /** `latn` or `arabext`; where it is left out, as the language has it. */
  digits: string;
  /** Of the IANA data base; where it is left out, the browser's. */
  timeZone: string;
  /** A property alone: never an attribute, and kept nowhere. */
  token: XrmToken | null;
  /** Asks again. */
  reload(): void;
  addEventListener<K extends keyof XrmEventMap>(type: K, listener: (event: XrmEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** `<xrm-360>`: one record whole. */
export interface Xrm360Element extends XrmElement {
  /** Which parts are shown, by commas; all, where it is left out. */
  parts: string;
}

/** `<xrm-graph>`: a record and what is linked with it, drawn and listed. */
export interface XrmGraphElement extends XrmElement {
  /** How many links away at most, 1 to 4; 2, where it is left out. */
  hops: number;
  /** How many records at most, 2 to 250; 60, where it is left out. */
  limit: number;
  /** Only records of these types, by commas. */
  kinds: string;
  /** Only links of these relations, by commas. */
  relations: string;
  layout: string;
}

declare global {
  interface HTMLElementTagNameMap {
    'xrm-360': Xrm360Element;
    'xrm-graph': XrmGraphElement;
  }
}
