import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { RecordPicker } from '@/meta/RecordPicker';
import { useCard } from '@/meta/useCard';
import { sidesTo, type Supposed } from './scenario';

/** A link that there is not yet: from whom to whom, and along which of the relations that the model allows between the two. */
export function NewLink({ add }: { add: (one: Supposed) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [name, setName] = useState('');
  const begun = useCard(from).data;
  const ended = useCard(to).data;
  const all = typeNamed(model, begun?.type ?? '')?.relations ?? [];
  const sides = to ? sidesTo(all, ended?.type ?? '') : [];
  const side = sides.find((each) => each.name === name) ?? sides[0];
  const oneself = to !== '' && from === to;

  function suppose(): void {
    if (!side) return;
    const [source, target] = side.direction === 'in' ? [to, from] : [from, to];
    add({ kind: 'add', relation: side.relation, source, target, weight: 1 });
  }

  function begin(id: string): void {
    setFrom(id);
    setTo('');
  }

  return (
    <div className="suppose-link">
      <RecordPicker label={t('whatif:whose')} value={from} onChange={begin} />
      {begun && !all.length && <p className="muted">{t('whatif:noRelations')}</p>}
      {all.length > 0 && <RecordPicker key={from} label={t('whatif:to')} value={to} onChange={setTo} types={[...new Set(all.flatMap(({ types }) => types))]} />}
      {oneself && <p className="muted" role="status">{t('whatif:oneself')}</p>}
      {side && !oneself && (
        <>
          <NativeSelect size="sm" label={t('whatif:relation')} value={side.name} onChange={(event) => setName(event.currentTarget.value)} data={sides.map((each) => ({ value: each.name, label: heading(each, language) }))} />
          <Button size="sm" variant="default" onClick={suppose}>{t('whatif:add')}</Button>
        </>
      )}
    </div>
  );
}
