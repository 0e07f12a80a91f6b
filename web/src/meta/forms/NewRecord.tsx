import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { asked } from './asked';
import { briefly } from './brief';
import { nested, type Made, type Values } from './draft';
import { FieldInput } from './FieldInput';
import type { Problems } from './problems';

interface Props {
  side: string;
  place: number;
  made: Made;
  problems: Problems;
  onChange: (values: Values) => void;
  onRemove: () => void;
}

/** A record that is made in the same save as the one it hangs on. */
export function NewRecord({ side, place, made, problems, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const title = t('form:new', { type: made.type.label[language] });
  return (
    <section className="made" aria-label={title}>
      <header>
        <span className="grow">{title}</span>
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={t('form:unpick', { name: title })} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      <div className="form-fields">
        {briefly({ ...made.type, fields: asked(made.type.fields, made.values) }).map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={made.values[field.name]}
            problems={problems.get(nested(side, place, field.name))}
            onChange={(name, value) => onChange({ ...made.values, [name]: value })}
          />
        ))}
      </div>
    </section>
  );
}
