import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { tell } from '@/ui/toasts';
import { titled, type FieldDefinition } from './design';
import { useDesigner, wrongAt } from './designer';
import { dropField, keepField, setField, type Owner, type ShownField } from './draft';
import { KINDS, kindShown } from './kinds';
import { DefaultEditor, OptionsEditor } from './OptionsEditor';
import { back } from './store';
import { TextsEditor } from './TextsEditor';
import { WhenEditor } from './WhenEditor';

const FLAGS = ['required', 'unique', 'searchable', 'readOnly', 'personal', 'sensitive'] as const;
type Flag = (typeof FLAGS)[number];

/** Everything that can be said of one field. */
export function FieldEditor({ owner, field, fields }: { owner: Owner; field: ShownField; fields: readonly ShownField[] }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { edit, show, problems } = useDesigner();
  const { state, ...definition } = field;
  const wrong = (attribute: string): string | undefined => wrongAt(problems, owner, field.name, attribute);
  const change = (what: string, part: Partial<FieldDefinition>): void =>
    edit(`${owner.name}.${field.name} ${what}`, (draft) => setField(draft, owner, { ...definition, ...part }));

  function remove(): void {
    edit(`drop ${owner.name}.${field.name}`, (draft) => dropField(draft, owner, field.name, state !== 'made'));
    show({ field: undefined });
    tell(t('model:field.removed', { name: titled(field, language) }), { label: t('app:undo'), run: back });
  }

  const kind = kindShown(field.kind);
  const fits: Partial<Record<Flag, boolean>> = { unique: Boolean(kind.unique), searchable: Boolean(kind.searchable) };
  return (
    <div className="model-editor">
      <button type="button" className="model-back" onClick={() => show({ field: undefined })}>
        <IconArrowLeft size={15} className="model-turn" aria-hidden="true" />
        {t('model:fields')}
      </button>
      <h3 className="model-editor-title">
        <bdi>{titled(field, language)}</bdi> <code dir="ltr">{field.name}</code>
      </h3>
      {state === 'dropped' ? (
        <div className="model-gone">
          <p>{t('model:field.gone')}</p>
          <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => edit('keep', (draft) => keepField(draft, owner, field.name))}>
            {t('model:keep')}
          </Button>
        </div>
      ) : (
        <>
          <NativeSelect
            size="xs"
            label={t('model:field.kind')}
            value={field.kind}
            data={Object.keys(KINDS).map((each) => ({ value: each, label: t(`model:kind.${each}`) }))}
            error={wrong('kind')}
            onChange={(event) => change('kind', { kind: event.currentTarget.value, options: {}, default: null })}
          />
          <TextsEditor legend={t('model:labels')} texts={field.labels} error={wrong('labels')} onChange={(labels) => change('labels', { labels })} />
          <OptionsEditor key={field.kind} field={definition} wrong={wrong} onChange={(options) => change('options', { options })} />
          <fieldset className="model-flags">
            <legend>{t('model:field.rules')}</legend>
            {FLAGS.filter((flag) => fits[flag] !== false || field[flag]).map((flag) => (
              <Checkbox
                key={flag}
                size="xs"
                label={t(`model:flag.${flag}.label`)}
                description={t(`model:flag.${flag}.says`)}
                checked={field[flag]}
                error={wrong(flag)}
                onChange={(event) => change(flag, { [flag]: event.currentTarget.checked })}
              />
            ))}
          </fieldset>
          {owner.where === 'types' && (
            <WhenEditor field={definition} fields={fields.filter((each) => each.state !== 'dropped')} error={wrong('when')} onChange={(when) => change('when', { when })} />
          )}
          <DefaultEditor key={`default ${field.kind}`} field={definition} error={wrong('default')} onChange={(value) => change('default', { default: value })} />
          <TextsEditor legend={t('model:field.help')} note={t('model:field.helpSays')} texts={field.help} error={wrong('help')} onChange={(help) => change('help', { help })} />
          <TextInput
            size="xs"
            label={t('model:deprecated')}
            description={t('model:deprecatedSays')}
            value={field.deprecated ?? ''}
            onChange={(event) => change('deprecated', { deprecated: event.currentTarget.value || null })}
          />
          <Button size="xs" variant="subtle" color="var(--x-bad)" leftSection={<IconTrash size={14} />} onClick={remove}>{t('model:field.remove')}</Button>
        </>
      )}
    </div>
  );
}
