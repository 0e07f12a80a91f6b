import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { titled, type FieldDefinition, type WhenDefinition } from './design';
import { choicesIn } from './choicesIn';

interface Props {
  field: FieldDefinition;
  /** All fields of the type. */
  fields: readonly FieldDefinition[];
  error: string | undefined;
  onChange: (when: WhenDefinition | null) => void;
}

/** With which values of another field this one is asked for: of a choice, or one of yes and no, that is asked for always. */
export function WhenEditor({ field, fields, error, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { when } = field;
  const deciding = fields.filter((each) => each.name === when?.field || (each.name !== field.name && !each.when && (each.kind === 'choice' || each.kind === 'boolean')));
  const chosen = deciding.find((each) => each.name === when?.field);
  if (!deciding.length && !when) return null;
  return (
    <fieldset className="model-flags">
      <legend>{t('model:when.title')}</legend>
      <NativeSelect
        size="xs"
        aria-label={t('model:when.title')}
        value={when?.field ?? ''}
        error={error}
        data={[{ value: '', label: t('model:when.always') }, ...deciding.map((each) => ({ value: each.name, label: t('model:when.of', { name: titled(each, language) }) }))]}
        onChange={({ currentTarget: { value } }) => onChange(value ? { field: value, values: [], required: when?.required ?? false } : null)}
      />
      {when && chosen && <Values field={chosen} when={when} onChange={onChange} />}
    </fieldset>
  );
}

function Values({ field, when, onChange }: { field: FieldDefinition; when: WhenDefinition; onChange: (when: WhenDefinition) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const known = field.kind === 'boolean'
    ? [{ value: true, label: t('app:yes') }, { value: false, label: t('app:no') }]
    : choicesIn(field, language);
  const turned = (value: string | boolean, on: boolean): (string | boolean)[] =>
    known.map((each) => each.value).filter((each) => (each === value ? on : when.values.includes(each)));
  return (
    <>
      <div className="model-values" role="group" aria-label={titled(field, language)}>
        {known.map(({ value, label }) => (
          <Checkbox key={String(value)} size="xs" label={label} checked={when.values.includes(value)} onChange={(event) => onChange({ ...when, values: turned(value, event.currentTarget.checked) })} />
        ))}
      </div>
      <Checkbox
        size="xs"
        label={t('model:when.required')}
        description={t('model:when.requiredSays')}
        checked={when.required}
        onChange={(event) => onChange({ ...when, required: event.currentTarget.checked })}
      />
    </>
  );
}
