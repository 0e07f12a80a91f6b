import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { western } from '@/lib/calendar';
import { DateField } from '@/ui/DateField';
import { ChoicesEditor } from './ChoicesEditor';
import type { FieldDefinition, Options } from './design';
import { kindShown, type Sort } from './kinds';

interface Props {
  field: FieldDefinition;
  wrong: (attribute: string) => string | undefined;
  onChange: (options: Options) => void;
}

/** What the field's kind lets be set: limits, currency, choices and so on. */
export function OptionsEditor({ field, wrong, onChange }: Props) {
  const kind = kindShown(field.kind);
  const set = (name: string, value: unknown): void => {
    const others = Object.fromEntries(Object.entries(field.options).filter(([each]) => each !== name));
    onChange(value === null ? others : { ...others, [name]: value });
  };
  return (
    <>
      {kind.choices && (
        <ChoicesEditor choices={field.options.choices ?? []} error={wrong('options.choices')} onChange={(choices) => set('choices', choices)} />
      )}
      {Object.keys(kind.options).length > 0 && (
        <div className="model-pair">
          {Object.entries(kind.options).map(([name, sort]) => (
            <Option key={name} name={name} sort={sort} value={field.options[name]} error={wrong(`options.${name}`)} onChange={(value) => set(name, value)} />
          ))}
        </div>
      )}
    </>
  );
}

interface OptionProps {
  name: string;
  sort: Sort;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

/** What was typed as the API takes it; what is no number stays text, and the plan says so. */
function typed(text: string, sort: Sort): unknown {
  const plain = western(text.trim());
  if (!plain) return null;
  if (sort === 'whole' && /^-?\d+$/.test(plain)) return Number(plain);
  return sort === 'words' ? plain.split(/[\s,]+/).filter(Boolean) : plain;
}

function Option({ name, sort, value, error, onChange }: OptionProps) {
  const { t } = useTranslation();
  const label = t(`model:option.${name}`);
  if (sort === 'day') {
    return <DateField size="xs" label={label} value={typeof value === 'string' ? value : null} error={error} onChange={onChange} />;
  }
  const shown = Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? '' : String(value);
  return (
    <TextInput
      key={`${name} ${sort}`}
      size="xs"
      label={label}
      dir="ltr"
      inputMode={sort === 'whole' || sort === 'decimal' ? 'decimal' : 'text'}
      defaultValue={shown}
      error={error}
      onChange={(event) => onChange(typed(event.currentTarget.value, sort))}
    />
  );
}

/** The value of a new record that is given none. */
export function DefaultEditor({ field, error, onChange }: { field: FieldDefinition; error: string | undefined; onChange: (value: unknown) => void }) {
  const { t } = useTranslation();
  const label = t('model:field.default');
  if (field.kind === 'geoPoint' || field.kind === 'multiChoice') return null;
  if (field.kind === 'boolean' || field.kind === 'choice') {
    const choices = field.kind === 'boolean'
      ? [{ value: 'true', label: t('app:yes') }, { value: 'false', label: t('app:no') }]
      : (field.options.choices ?? []).map(({ value }) => ({ value, label: value }));
    const read = (value: string): unknown => (value === '' ? null : field.kind === 'boolean' ? value === 'true' : value);
    return (
      <NativeSelect
        size="xs"
        label={label}
        value={field.default === null ? '' : String(field.default)}
        data={[{ value: '', label: t('model:field.noDefault') }, ...choices]}
        error={error}
        onChange={(event) => onChange(read(event.currentTarget.value))}
      />
    );
  }
  if (field.kind === 'date') {
    return <DateField size="xs" label={label} value={typeof field.default === 'string' ? field.default : null} error={error} onChange={onChange} />;
  }
  const sort: Sort = field.kind === 'integer' ? 'whole' : 'text';
  const shown = field.default && typeof field.default === 'object' && 'amount' in field.default ? String(field.default.amount) : String(field.default ?? '');
  return (
    <TextInput size="xs" label={label} dir="auto" defaultValue={shown} error={error} onChange={(event) => onChange(typed(event.currentTarget.value, sort))} />
  );
}
