import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertCircle, IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { Pill } from '@/ui/Pill';
import { titled } from './design';
import { useDesigner } from './designer';
import { BARE_FIELD, setField, type Owner, type ShownField } from './draft';
import { KINDS, kindShown } from './kinds';
import { fieldName, small, untaken } from './naming';

/** The fields of a type or a relation, and a line to add one. */
export function Fields({ owner, fields, taken }: { owner: Owner; fields: readonly ShownField[]; taken: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <>
      {fields.length === 0 && <p className="model-note">{t(`model:noFields.${owner.where}`)}</p>}
      <ul className="model-rows">
        {fields.map((field) => (
          <li key={field.name}>
            <Row owner={owner} field={field} />
          </li>
        ))}
      </ul>
      <Add owner={owner} taken={taken} />
    </>
  );
}

function Row({ owner, field }: { owner: Owner; field: ShownField }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { show, problems } = useDesigner();
  const Sign = kindShown(field.kind).sign;
  const wrong = problems.some(({ place }) => place.owner?.name === owner.name && place.field === field.name);
  return (
    <button type="button" className="model-row" data-state={field.state} onClick={() => show({ field: field.name })}>
      <Sign size={16} stroke={1.6} aria-hidden="true" />
      <span className="model-row-words">
        <b className="cut" dir="auto">{titled(field, language)}</b>
        <small className="cut">
          {t(`model:kind.${field.kind}`)}
          {field.deprecated ? ` · ${t('model:deprecatedShort')}` : ''}
        </small>
      </span>
      {wrong && <IconAlertCircle size={16} className="bad" role="img" aria-label={t('model:problem')} />}
      {field.state !== 'kept' && <Pill tone={field.state === 'dropped' ? 'bad' : 'plain'}>{t(`model:state.${field.state}`)}</Pill>}
      {field.required && <Pill tone="line">{t('model:flag.required.short')}</Pill>}
      {field.unique && <Pill tone="line">{t('model:flag.unique.short')}</Pill>}
    </button>
  );
}

function Add({ owner, taken }: { owner: Owner; taken: readonly string[] }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { edit, show } = useDesigner();
  const [text, setText] = useState('');
  const [kind, setKind] = useState('text');

  function add(event: FormEvent): void {
    event.preventDefault();
    const label = text.trim();
    if (!label) return;
    const name = untaken(fieldName(label) || 'field', taken);
    const options = KINDS[kind]?.choices ? { choices: [] } : {};
    edit(`add ${name}`, (draft) =>
      setField(draft, owner, { ...BARE_FIELD, name, kind, options, labels: { [language]: { other: small(label) } } }),
    );
    setText('');
    if (KINDS[kind]?.choices) show({ field: name });
  }

  return (
    <form className="model-add" onSubmit={add}>
      <TextInput size="xs" aria-label={t('model:field.new')} placeholder={t('model:field.new')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <NativeSelect
        size="xs"
        aria-label={t('model:field.kind')}
        value={kind}
        data={Object.keys(KINDS).map((each) => ({ value: each, label: t(`model:kind.${each}`) }))}
        onChange={(event) => setKind(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" leftSection={<IconPlus size={14} />} disabled={!text.trim()}>{t('model:add')}</Button>
    </form>
  );
}
