import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pressed } from '@/lib/keys';
import { isRightToLeft } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import type { Example } from './examples';

const ADDRESS = '/graphql';
/** What the workbench says in words of ours. */
const WORDS = [
  'run', 'stop', 'running', 'waiting', 'operation', 'query', 'variables', 'headers', 'answer', 'schema', 'find', 'silent', 'signedOut', 'badVariables', 'badHeaders',
] as const;

/** An example to put in; the same one again is another wish. */
export interface Wish {
  example: Example;
  time: number;
}

/** GraphiQL of the server itself, in the reader's session, theme and language. */
export function Workbench({ wish }: { wish: Wish | null }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const theme = useComputedColorScheme('light');
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const hear = (event: MessageEvent<{ xrm?: unknown }>): void => {
      if (event.source === frame.current?.contentWindow && event.origin === location.origin && event.data.xrm === 'ready') setReady(true);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (!ready) return;
    const words = Object.fromEntries(WORDS.map((each) => [each, t(`api:bench.${each}`)]));
    say(frame.current, { theme, language, direction: isRightToLeft(language) ? 'rtl' : 'ltr', words, faces: faces() });
  }, [ready, theme, language, t]);
  useEffect(() => {
    if (!ready || !wish) return;
    const { query, variables } = wish.example;
    say(frame.current, { query, variables: variables ? JSON.stringify(variables, null, 2) : '' });
  }, [ready, wish]);
  useEffect(() => {
    const run = (event: KeyboardEvent): void => {
      if (!pressed(event, 'api.run')) return;
      event.preventDefault();
      say(frame.current, { run: true });
    };
    addEventListener('keydown', run);
    return () => removeEventListener('keydown', run);
  }, []);
  return <iframe ref={frame} className="api-bench card" src={ADDRESS} title={t('api:bench.title')} data-ready={ready || undefined} />;
}

/** Where the letters of this page come from, so that the frame is written in the same ones. */
function faces(): Record<string, string>[] {
  const rules = [...document.styleSheets].filter(({ href }) => href?.startsWith(location.origin)).flatMap(({ cssRules }) => [...cssRules]);
  return rules.filter((rule) => rule instanceof CSSFontFaceRule).map(({ style, parentStyleSheet }) => ({
    family: style.getPropertyValue('font-family'),
    source: style.getPropertyValue('src').replace(/url\("?([^")]+)"?\)/g, (_, path: string) => `url("${new URL(path, parentStyleSheet?.href ?? location.href).href}")`),
    weight: style.getPropertyValue('font-weight'),
    unicodeRange: style.getPropertyValue('unicode-range'),
  }));
}

const say = (frame: HTMLIFrameElement | null, xrm: Record<string, unknown>): void => frame?.contentWindow?.postMessage({ xrm }, location.origin);
