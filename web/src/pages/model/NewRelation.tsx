import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { textIn, titled, type EndDefinition } from './design';
import { sidesOf, typeOf, useDesigner } from './designer';
import { addRelation, BARE_END, BARE_RELATION, type ShownType } from './draft';
import { fieldName, relationName, small, untaken } from './naming';

const HOW_MANY = { many: [null, null], oneTarget: [1, null], oneSource: [null, 1], one: [1, 1] } as const;
type HowMany = keyof typeof HOW_MANY;

/** A new relation between two types: which, what it is called, how many there may be. */
export function NewRelation({ opened, from }: { opened: boolean; from: string | undefined }) {
  const { t } = useTranslation();
  const { show } = useDesigner();
  return (
    <Modal opened={opened} onClose={() => show({ ask: undefined })} title={t('model:newRelation')} closeButtonProps={{ 'aria-label': t('model:close') }}>
      {opened && <RelationForm from={from} />}
    </Modal>
  );
}

function RelationForm({ from }: { from: string | undefined }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { edit, show, shown } = useDesigner();
  const types = shown.types.filter((type) => type.state !== 'dropped');
  const [source, setSource] = useState(from ?? types[0]?.name ?? '');
  const [target, setTarget] = useState(types.find((type) => type.name !== source)?.name ?? source);
  const [text, setText] = useState('');
  const [howMany, setHowMany] = useState<HowMany>('many');
  const name = relationName(text);
  const isTaken = shown.relations.some((relation) => relation.name === name);
  const data = types.map((type) => ({ value: type.name, label: titled(type, language, 'one') }));
  const [one, other] = [typeOf(shown, source), typeOf(shown, target)];

  /** What the relation is called on records of `near`: as the far type, in one or many. */
  function endOf(near: ShownType, far: ShownType, most: number | null, taken: readonly string[]): EndDefinition {
    const wish = fieldName(most === 1 ? far.name : far.plural);
    return { ...BARE_END, types: [near.name], most, labels: far.labels, field: untaken(wish, taken) };
  }

  function add(event: FormEvent): void {
    event.preventDefault();
    if (!one || !other || !name || isTaken) return;
    const [most, least] = HOW_MANY[howMany];
    const taken = (type: ShownType): string[] => [
      ...type.fields.map((field) => field.name),
      ...sidesOf(shown, type.name).map(({ relation, near }) => relation[near].field),
    ];
    const begin = endOf(one, other, most, taken(one));
    const end = endOf(other, one, least, [...taken(other), ...(one === other ? [begin.field] : [])]);
    edit(`add ${name}`, (draft) =>
      addRelation(draft, { ...BARE_RELATION, name, labels: { [language]: { other: small(text.trim()) } }, source: begin, target: end, fields: [] }),
    );
    show({ ask: undefined, relation: name, type: undefined, field: undefined, part: undefined });
  }

  const called = (type: ShownType | undefined, form: string): string => (type ? textIn(type.labels, language, form) || type.name : '…');
  return (
    <form className="model-editor model-dialog" onSubmit={add}>
      <div className="model-pair">
        <NativeSelect label={t('model:relation.from')} value={source} data={data} onChange={(event) => setSource(event.currentTarget.value)} />
        <NativeSelect label={t('model:relation.to')} value={target} data={data} onChange={(event) => setTarget(event.currentTarget.value)} />
      </div>
      <TextInput
        data-autofocus
        label={t('model:relation.called', { from: called(one, 'one'), to: called(other, 'one') })}
        placeholder={t('model:relation.example')}
        value={text}
        error={isTaken ? t('model:make.taken') : undefined}
        description={name ? <code dir="ltr">{name}</code> : t('model:relation.calledSays')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('model:relation.howMany')}
        value={howMany}
        data={(Object.keys(HOW_MANY) as HowMany[]).map((each) => ({
          value: each,
          label: t(`model:howMany.${each}`, { from: called(one, 'one'), to: called(other, 'one') }),
        }))}
        onChange={(event) => setHowMany(event.currentTarget.value as HowMany)}
      />
      <Button type="submit" disabled={!name || isTaken || !one || !other}>{t('model:make.addRelation')}</Button>
    </form>
  );
}
