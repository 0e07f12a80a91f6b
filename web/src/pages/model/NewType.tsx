import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { HUES } from '@/ui/hues';
import { ColorChooser, IconChooser } from './Choosers';
import type { FieldDefinition, Texts } from './design';
import { useDesigner } from './designer';
import { addType, BARE_FIELD, BARE_TYPE } from './draft';
import { plural, small, typeName, untaken } from './naming';

/** Fields that many types want; more are added in the type's panel. */
const OFFERED: Record<string, Partial<FieldDefinition> & { kind: string }> = {
  date: { kind: 'date' },
  amount: { kind: 'money' },
  status: { kind: 'choice' },
  notes: { kind: 'longText', searchable: true },
  email: { kind: 'email', searchable: true },
  url: { kind: 'url' },
};
const STATUS = ['open', 'done'] as const;

/** A new type of its name alone: everything else has a good beginning and can be changed before it is applied. */
export function NewType({ opened }: { opened: boolean }) {
  const { t } = useTranslation();
  const { show } = useDesigner();
  const close = (): void => show({ ask: undefined });
  return (
    <Modal opened={opened} onClose={close} title={t('model:newType')} closeButtonProps={{ 'aria-label': t('model:close') }}>
      {opened && <TypeForm />}
    </Modal>
  );
}

function TypeForm() {
  const { t, i18n } = useTranslation();
  const { language } = useSettings();
  const { edit, show, shown } = useDesigner();
  const [text, setText] = useState('');
  const [own, setOwn] = useState<string>();
  const used = new Set(shown.types.map((type) => type.color.toLowerCase()));
  const [color, setColor] = useState<string>(HUES.find((hue) => !used.has(hue)) ?? HUES[shown.types.length % HUES.length]!);
  const [icon, setIcon] = useState('folder');
  const [offered, setOffered] = useState<readonly string[]>([]);
  const taken = shown.types.map((type) => type.name);
  const name = own ?? typeName(text);
  const isTaken = taken.includes(name);
  const words = (key: string): Texts =>
    Object.fromEntries(['en', 'ru', 'fa'].filter((each) => i18n.hasResourceBundle(each, 'model')).map((each) => [each, { other: small(i18n.getFixedT(each)(`model:offered.${key}`)) }]));

  function fieldOf(key: string): FieldDefinition {
    const choices = STATUS.map((value) => ({ value, labels: { [language]: { other: t(`model:status.${value}`) } } }));
    return { ...BARE_FIELD, ...OFFERED[key]!, name: key, labels: words(key), options: key === 'status' ? { choices } : {} };
  }

  function add(event: FormEvent): void {
    event.preventDefault();
    if (!text.trim() || !name || isTaken) return;
    const label = small(text.trim());
    const forms = language === 'en' ? { one: label, other: plural(label) } : { one: label, other: label };
    const title: FieldDefinition = { ...BARE_FIELD, name: 'name', kind: 'text', required: true, searchable: true, labels: words('name') };
    edit(`add ${name}`, (draft) =>
      addType(draft, {
        ...BARE_TYPE,
        name,
        plural: untaken(plural(name), shown.types.map((type) => type.plural)),
        labels: { [language]: forms },
        icon,
        color,
        display: '{name}',
        order: [{ field: 'name', direction: 'asc' }],
        fields: [title, ...offered.map(fieldOf)],
      }),
    );
    show({ ask: undefined, type: name, relation: undefined, field: undefined, part: undefined });
  }

  return (
    <form className="model-editor model-dialog" onSubmit={add}>
      <TextInput data-autofocus label={t('model:make.called')} placeholder={t('model:make.example')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <TextInput
        size="xs"
        dir="ltr"
        label={t('model:make.name')}
        description={t('model:make.nameSays')}
        value={name}
        error={isTaken ? t('model:make.taken') : undefined}
        onChange={(event) => setOwn(event.currentTarget.value)}
      />
      <div className="model-pair">
        <IconChooser icon={icon} color={color} onChange={setIcon} />
        <ColorChooser color={color} onChange={setColor} />
      </div>
      <fieldset className="model-flags">
        <legend>{t('model:make.fields')}</legend>
        <Checkbox size="xs" checked disabled label={t('model:offered.name')} />
        {Object.keys(OFFERED).map((key) => (
          <Checkbox
            key={key}
            size="xs"
            label={t(`model:offered.${key}`)}
            checked={offered.includes(key)}
            onChange={(event) => setOffered(event.currentTarget.checked ? [...offered, key] : offered.filter((each) => each !== key))}
          />
        ))}
      </fieldset>
      <Button type="submit" disabled={!text.trim() || !name || isTaken}>{t('model:make.addType')}</Button>
    </form>
  );
}
