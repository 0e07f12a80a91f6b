import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { digits } from '@/meta/kinds/number';
import { heading, relationNamed, useModel } from '@/meta/model';
import { RecordPicker } from '@/meta/RecordPicker';
import type { Supposed } from './scenario';
import { useLinks, type Linked } from './useLinks';

interface Props {
  kind: 'end' | 'weigh';
  add: (one: Supposed) => void;
}

/** A link that there is, found by one of its ends. */
export function LinkChooser({ kind, add }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const [id, setId] = useState('');
  const [at, setAt] = useState(0);
  const [weight, setWeight] = useState('');
  const found = useLinks(id);
  const links = found.data ?? [];
  const chosen = links[at];
  const amount = Number(digits(weight));
  const whole = chosen && (kind === 'end' || (weight.trim() !== '' && amount >= 0));
  const said = ({ relation, other }: Linked): string => {
    const known = relationNamed(model, relation);
    return `${known ? heading(known, language) : relation} · ${other.title}`;
  };

  function suppose(): void {
    if (!chosen) return;
    const { relation, source, target } = chosen;
    add(kind === 'end' ? { kind, relation, source, target } : { kind, relation, source, target, weight: amount });
    setWeight('');
  }

  return (
    <div className="suppose-link">
      <RecordPicker
        label={t('whatif:whose')}
        value={id}
        onChange={(picked) => {
          setId(picked);
          setAt(0);
        }}
      />
      {id && links.length > 0 && (
        <NativeSelect size="sm" label={t('whatif:link')} value={String(at)} onChange={(event) => setAt(Number(event.currentTarget.value))} data={links.map((link, place) => ({ value: String(place), label: said(link) }))} />
      )}
      {id && found.isSuccess && !links.length && <p className="muted">{t('whatif:noLinks')}</p>}
      {kind === 'weigh' && chosen && <TextInput size="sm" inputMode="decimal" label={t('whatif:weight')} value={weight} onChange={(event) => setWeight(event.currentTarget.value)} />}
      {chosen && <Button size="sm" variant="default" disabled={!whole} onClick={suppose}>{t('whatif:add')}</Button>}
    </div>
  );
}
