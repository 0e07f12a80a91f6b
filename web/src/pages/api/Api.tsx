import { Button } from '@mantine/core';
import { IconCopy, IconExternalLink, IconKey } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel, type Model } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { useCopy } from '@/ui/useCopy';
import { curl, examplesOf, type Example } from './examples';
import { Workbench, type Wish } from './Workbench';
import './api.css';

const DOORS = [
  { href: '/graphql', key: 'workbench' },
  { href: '/api/openapi.json', key: 'openapi' },
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
        {DOORS.map(({ href, key }) => (
          <Button key={href} component="a" href={href} target="_blank" rel="noreferrer" size="xs" variant="default" leftSection={<IconExternalLink size={15} />}>{t(`api:door.${key}`)}</Button>
        ))}
        <Button size="xs" variant="default" leftSection={<IconKey size={15} />} renderRoot={(props) => <Link to="/settings" {...props} />}>{t('api:door.token')}</Button>
      </header>
      {model ? <Beside model={model} /> : <Bone height={420} />}
    </div>
  );
}

/** The examples, and beside them the workbench that they are put into. */
function Beside({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { example: key } = useSearch({ from: '/developers' });
  const go = useNavigate();
  const examples = examplesOf(model);
  const chosen = examples.find((each) => each.key === key);
  const [wish, setWish] = useState<Wish | null>(chosen ? { example: chosen, time: 0 } : null);
  useEffect(() => {
    const found = examplesOf(model).find((each) => each.key === key);
    setWish((had) => (!found || had?.example.key === found.key ? had : { example: found, time: Date.now() }));
  }, [key, model]);

  function put(example: Example): void {
    setWish({ example, time: Date.now() });
    void go({ to: '/developers', search: { example: example.key } });
  }

  return (
    <div className="api-body">
      <nav className="api-examples" aria-label={t('api:examples')}>
        {examples.map((each) => (
          <button key={each.key} type="button" aria-pressed={each.key === key} onClick={() => put(each)}>
            <b>{t(`api:example.${each.key}.title`)}</b>
            <small>{t(`api:example.${each.key}.says`)}</small>
          </button>
        ))}
        {chosen && <Curl example={chosen} />}
      </nav>
      <Workbench wish={wish} />
    </div>
  );
}

function Curl({ example }: { example: Example }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return <Button size="xs" variant="default" leftSection={<IconCopy size={14} />} onClick={() => copy(curl(location.origin, example), t('api:copied'))}>{t('api:asCurl')}</Button>;
}
