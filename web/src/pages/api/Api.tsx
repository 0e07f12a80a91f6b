import { Button, Textarea } from '@mantine/core';
import { IconBook2, IconCopy, IconExternalLink, IconKey, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { pressed } from '@/lib/keys';
import { useFormat } from '@/lib/useSettings';
import { useModel, type Model } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { tell } from '@/ui/toasts';
import { curl, examplesOf, type Example } from './examples';
import { useRun } from './useRun';
import './api.css';

const DOORS = [
  { href: '/graphql', icon: IconBook2, key: 'workbench' },
  { href: '/api/openapi.json', icon: IconExternalLink, key: 'openapi' },
] as const;

/** Ask the API as the reader, beginning with examples of the model as it stands. */
export default function Api() {
  const { t } = useTranslation();
  const { data: model } = useModel();
  return (
    <div className="api">
      <header className="api-head">
        <div>
          <h1>{t('api:title')}</h1>
          <p className="muted">{t('api:says')}</p>
        </div>
        <span className="grow" />
        {DOORS.map(({ href, icon: Sign, key }) => (
          <Button key={href} component="a" href={href} target="_blank" rel="noreferrer" size="xs" variant="default" leftSection={<Sign size={15} />}>{t(`api:door.${key}`)}</Button>
        ))}
        <Button size="xs" variant="default" leftSection={<IconKey size={15} />} renderRoot={(props) => <Link to="/settings" {...props} />}>{t('api:door.token')}</Button>
      </header>
      {model ? <Workbench model={model} /> : <Bone height={420} />}
    </div>
  );
}

const asText = (variables: Example['variables']): string => (variables ? JSON.stringify(variables, null, 2) : '');

function Workbench({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { example } = useSearch({ from: '/developers' });
  const go = useNavigate();
  const examples = examplesOf(model);
  const chosen = examples.find((each) => each.key === example) ?? examples[0];
  const [query, setQuery] = useState(chosen?.query ?? '');
  const [variables, setVariables] = useState(asText(chosen?.variables));
  const { run, stop, answer, running } = useRun();
  const key = chosen?.key;
  useEffect(() => {
    const found = examplesOf(model).find((each) => each.key === key);
    setQuery(found?.query ?? '');
    setVariables(asText(found?.variables));
  }, [key, model]);

  function onKeyDown(event: KeyboardEvent): void {
    if (!pressed(event, 'api.run')) return;
    event.preventDefault();
    run(query, variables);
  }

  return (
    <div className="api-body">
      <nav className="api-examples" aria-label={t('api:examples')}>
        {examples.map((each) => (
          <button key={each.key} type="button" aria-pressed={each.key === key} onClick={() => void go({ to: '/developers', search: { example: each.key } })}>
            <b>{t(`api:example.${each.key}.title`)}</b>
            <small>{t(`api:example.${each.key}.says`)}</small>
          </button>
        ))}
      </nav>
      <div className="api-ask card" onKeyDown={onKeyDown}>
        <Textarea label={t('api:query')} dir="ltr" autosize={false} rows={12} spellCheck={false} value={query} onChange={(event) => setQuery(event.currentTarget.value)} />
        <Textarea label={t('api:variables')} dir="ltr" rows={5} spellCheck={false} value={variables} onChange={(event) => setVariables(event.currentTarget.value)} />
        <div className="api-doings">
          {running === 'following' ? (
            <Button variant="default" onClick={stop}>{t('api:stop')}</Button>
          ) : (
            <Button leftSection={<IconPlayerPlay size={15} />} loading={running === 'asking'} onClick={() => run(query, variables)}>{t('api:run')}</Button>
          )}
          <kbd dir="ltr">Ctrl Enter</kbd>
          <span className="grow" />
          <Curl query={query} variables={variables} />
        </div>
      </div>
      <Answer text={answer?.text} ms={answer?.ms} />
    </div>
  );
}

function Curl({ query, variables }: { query: string; variables: string }) {
  const { t } = useTranslation();
  async function copy(): Promise<void> {
    const given = variables.trim() ? (JSON.parse(variables) as Record<string, unknown>) : undefined;
    await navigator.clipboard.writeText(curl(location.origin, given ? { query, variables: given } : { query }));
    tell(t('api:copied'));
  }
  return <Button size="xs" variant="subtle" color="gray" leftSection={<IconCopy size={14} />} onClick={() => void copy().catch(() => tell(t('api:badVariables')))}>curl</Button>;
}

function Answer({ text, ms }: { text: string | undefined; ms: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="api-answer card" aria-label={t('api:answer')} aria-live="polite">
      <header>
        <h2>{t('api:answer')}</h2>
        {ms !== undefined && <small className="muted num">{t('api:took', { ms: format.number(ms, 0) })}</small>}
      </header>
      {text === undefined ? <p className="muted">{t('api:notYet')}</p> : <pre dir="ltr" tabIndex={0}>{text}</pre>}
    </section>
  );
}
