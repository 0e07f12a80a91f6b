/** `<Xrm360>` and `<XrmGraph>` for React 18 and 19: the custom elements with typed properties and events. */
import '@xrm/elements';
import type { Xrm360Element, XrmElement, XrmEventMap, XrmGraphElement, XrmLayout, XrmLocale, XrmOpened, XrmPart, XrmProblem, XrmRecord, XrmTheme, XrmToken } from '@xrm/elements';
import {
  createElement, forwardRef, useImperativeHandle, useLayoutEffect, useRef,
  type CSSProperties, type ForwardedRef, type ForwardRefExoticComponent, type PropsWithoutRef, type ReactElement, type RefAttributes, type RefObject,
} from 'react';

export type { Xrm360Element, XrmGraphElement, XrmLayout, XrmLocale, XrmOpened, XrmPart, XrmProblem, XrmRecord, XrmTheme, XrmToken };

export interface XrmProps {
  /** The address of XRM. */
  src?: string;
  /** The id of the record. */
  record: string;
  /** A token, or what brings one: it is asked before each question. A new function does not ask again. */
  token?: XrmToken | null;
  locale?: XrmLocale;
  theme?: XrmTheme;
  /** A day, or a moment: what was true by then. */
  asOf?: string;
  calendar?: 'gregory' | 'persian';
  digits?: 'latn' | 'arabext';
  timeZone?: string;
  id?: string;
  className?: string;
  style?: CSSProperties;
  onSelect?: (record: XrmRecord | null) => void;
  /** Somebody wants to see a record; `event.preventDefault()` keeps its page in XRM from opening. */
  onOpen?: (record: XrmOpened, event: XrmEventMap['xrm-open']) => void;
  onError?: (problem: XrmProblem) => void;
}

export interface Xrm360Props extends XrmProps {
  /** Which parts are shown; all, where it is left out. */
  parts?: readonly XrmPart[];
}

export interface XrmGraphProps extends XrmProps {
  hops?: number;
  limit?: number;
  /** Only records of these types. */
  kinds?: readonly string[];
  /** Only links of these relations. */
  relations?: readonly string[];
  layout?: XrmLayout;
}

type Texts = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** What is an attribute of every element, by the name of its property. */
const shared = ({ src, record, locale, theme, asOf, calendar, digits, timeZone }: XrmProps): Texts => ({
  src, record, locale, theme, 'as-of': asOf, calendar, digits, 'time-zone': timeZone,
});

/** Attributes as they are written; what is undefined is none. */
function written(texts: Texts): Record<string, string> {
  const given = Object.entries(texts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]));
}

/** Hands the token over as a property, and events to the newest handlers. */
function useElement(element: RefObject<XrmElement | null>, props: XrmProps): void {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const { token = null } = props;
  const called = typeof token === 'function';
  useLayoutEffect(() => {
    if (!element.current) return;
    element.current.token = called ? (asked) => bring(latest.current.token, asked) : token;
  }, [element, called, called ? null : token]);
  useLayoutEffect(() => {
    const here = element.current;
    if (!here) return undefined;
    const ends = [
      heard(here, 'xrm-select', (event) => latest.current.onSelect?.(event.detail)),
      heard(here, 'xrm-open', (event) => latest.current.onOpen?.(event.detail, event)),
      heard(here, 'xrm-error', (event) => latest.current.onError?.(event.detail)),
    ];
    return () => ends.forEach((end) => end());
  }, [element]);
}

const bring = (token: XrmToken | null | undefined, asked: { refused: boolean }): string | Promise<string> =>
  typeof token === 'function' ? token(asked) : (token ?? '');

function heard<K extends keyof XrmEventMap>(element: XrmElement, name: K, listener: (event: XrmEventMap[K]) => void): () => void {
  const listen = listener as EventListener;
  element.addEventListener(name, listen);
  return () => element.removeEventListener(name, listen);
}

type Wrapped<P, E> = ForwardRefExoticComponent<PropsWithoutRef<P> & RefAttributes<E>>;

function wrapped<P extends XrmProps, E extends XrmElement>(tag: string, own: (props: PropsWithoutRef<P>) => Texts): Wrapped<P, E> {
  function Component(props: PropsWithoutRef<P>, outer: ForwardedRef<E>): ReactElement {
    const element = useRef<E>(null);
    useImperativeHandle<E | null, E | null>(outer, () => element.current, []);
    useElement(element, props);
    const { id, className, style } = props;
    // elements of one's own know `class` in every React
    return createElement(tag, { ref: element, id, class: className, style, ...written({ ...shared(props), ...own(props) }) });
  }
  Component.displayName = tag;
  return forwardRef(Component);
}

/** One record whole. */
export const Xrm360 = wrapped<Xrm360Props, Xrm360Element>('xrm-360', ({ parts }) => ({ parts }));

/** A record and what is linked with it, drawn and listed. */
export const XrmGraph = wrapped<XrmGraphProps, XrmGraphElement>('xrm-graph', ({ hops, limit, kinds, relations, layout }) => ({ hops, limit, kinds, relations, layout }));
