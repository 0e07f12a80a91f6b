import { useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, type Field } from '@/meta/model';

interface Props {
  field: Field;
  value: unknown;
  onChange: (name: string, value: unknown) => void;
  problems?: readonly string[] | undefined;
  autoFocus?: boolean;
}

/** A field of the model as an input, with what is wrong with it. */
export function FieldInput({ field, value, onChange, problems, autoFocus = false }: Props) {
  const { language } = useSettings();
  const { Editor } = kindOf(field);
  const label = heading(field, language);
  return (
    <div className="form-field" data-wide={field.kind === 'longText' || field.kind === 'multiChoice' || undefined} data-moment={field.kind === 'dateTime' || undefined}>
      <Editor
        field={field}
        value={value}
        label={label}
        name={label}
        autoFocus={autoFocus}
        error={problems?.length ? <span dir="auto">{problems.join(' ')}</span> : undefined}
        onChange={(next) => onChange(field.name, next)}
      />
    </div>
  );
}
