import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { useDesigner } from './designer';
import { BARE_FIELD, setField, type Owner, type ShownField } from './draft';
import { KINDS } from './kinds';
import { fieldName, small, untaken } from './naming';

const FieldList = lazy(async () => ({ default: (await import('./FieldList')).FieldList }));

/** The fields of a type or a relation, and a line to add one. */
export function Fields({ owner, fields, taken }: { owner: Owner; fields: readonly ShownField[]; taken: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <>
      {fields.length === 0 && <p className="model-note">{t(`model:noFields.${owner.where}`)}</p>}
      <Suspense fallback={<Bone height={240} />}><FieldList owner={owner} fields={fields} /></Suspense>
      <Add owner={owner} taken={taken} />
    </>
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
