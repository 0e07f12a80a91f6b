import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { RecordPicker } from '@/meta/RecordPicker';
import { useCard } from '@/meta/useCard';
import type { Supposed } from './scenario';

/** A link that there is not yet: from whom, along which relation, to whom. */
export function NewLink({ add }: { add: (one: Supposed) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const [from, setFrom] = useState('');
  const [name, setName] = useState('');
  const [to, setTo] = useState('');
  const sides = typeNamed(model, useCard(from).data?.type ?? '')?.relations ?? [];
  const side = sides.find((each) => each.name === name) ?? sides[0];

  function suppose(): void {
    if (!side) return;
    const [source, target] = side.direction === 'in' ? [to, from] : [from, to];
    add({ kind: 'add', relation: side.relation, source, target, weight: 1 });
  }

  return (
    <div className="suppose-link">
      <RecordPicker label={t('whatif:whose')} value={from} onChange={setFrom} />
      {side && (
        <>
          <NativeSelect size="sm" label={t('whatif:relation')} value={side.name} onChange={(event) => setName(event.currentTarget.value)} data={sides.map((each) => ({ value: each.name, label: heading(each, language) }))} />
          <RecordPicker key={side.name} label={t('whatif:to')} value={to} onChange={setTo} types={side.types} />
          <Button size="sm" variant="default" disabled={!to} onClick={suppose}>{t('whatif:add')}</Button>
        </>
      )}
    </div>
  );
}
