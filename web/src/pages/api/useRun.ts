/** Asking what the reader wrote: an answer over HTTP, or what a subscription tells until it is stopped. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { sent } from '@/api/gql';
import { socket } from '@/api/socket';

interface Answer {
  text: string;
  ms?: number;
}

const LONGEST = 200_000;
const pretty = (value: unknown): string => JSON.stringify(value, null, 2).slice(0, LONGEST);

export function useRun() {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answer>();
  const [running, setRunning] = useState<'no' | 'asking' | 'following'>('no');
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);

  function stop(): void {
    end.current();
    end.current = () => undefined;
    setRunning('no');
  }

  function follow(query: string, variables: Record<string, unknown>): void {
    setRunning('following');
    setAnswer({ text: t('api:waiting') });
    const heard: string[] = [];
    end.current = socket.subscribe<unknown>(query, (data) => {
      heard.unshift(pretty(data));
      setAnswer({ text: heard.slice(0, 20).join('\n\n') });
    }, () => variables);
  }

  async function ask(query: string, variables: Record<string, unknown>): Promise<void> {
    setRunning('asking');
    const began = performance.now();
    try {
      const response = await sent('/graphql', { query, variables });
      setAnswer({ text: pretty(await response.json()), ms: performance.now() - began });
    } catch (error) {
      setAnswer({ text: t(`errors:${asFailure(error).code === 'offline' ? 'offline' : 'unexpected'}`) });
    }
    setRunning('no');
  }

  function run(query: string, text: string): void {
    stop();
    let variables: Record<string, unknown> = {};
    try {
      if (text.trim()) variables = JSON.parse(text) as Record<string, unknown>;
    } catch {
      setAnswer({ text: t('api:badVariables') });
      return;
    }
    if (/^\s*subscription\b/m.test(query)) follow(query, variables);
    else void ask(query, variables);
  }

  return { run, stop, answer, running };
}
