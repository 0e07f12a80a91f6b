import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { PERIODS, type Operator, type Range } from '@/meta/filters';
import { kindOf } from '@/meta/kinds';
import { digits } from '@/meta/kinds/number';
import { choiceLabel, type Field } from '@/meta/model';
import { DateField } from '@/ui/DateField';

interface OperandProps {
  field: Field;
  operator: Operator;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What a field is compared with. */
export function Operand({ field, operator, value, onChange }: OperandProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  if (operator === 'empty' || operator === 'filled') return null;
  if (operator === 'during') {
    const data = PERIODS.map((each) => ({ value: each, label: t(`list:period.${each}`) }));
    return (
      <NativeSelect
        size="sm"
        aria-label={t('list:filter.value')}
        value={String(value ?? '')}
        data={[{ value: '', label: '–' }, ...data]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (operator === 'anyOf' || operator === 'noneOf') {
    return (
      <Checkbox.Group aria-label={t('list:filter.value')} value={(value as string[] | undefined) ?? []} onChange={onChange}>
        <div className="condition-choices">
          {(field.options.choices ?? []).map((each) => (
            <Checkbox key={each.value} size="xs" value={each.value} label={choiceLabel(each, language)} />
          ))}
        </div>
      </Checkbox.Group>
    );
  }
  if (operator === 'between') {
    const range = (value as Range | undefined) ?? { from: '', to: '' };
    return (
      <div className="condition-range">
        <Bound field={field} label={t('list:filter.from')} value={range.from} onChange={(from) => onChange({ ...range, from })} />
        <Bound field={field} label={t('list:filter.to')} value={range.to} onChange={(to) => onChange({ ...range, to })} />
      </div>
    );
  }
  if (operator === 'near') return <Numbers names={['latitude', 'longitude', 'km']} value={value} onChange={onChange} />;
  if (operator === 'inBox') return <Numbers names={['south', 'west', 'north', 'east']} value={value} onChange={onChange} />;
  if (field.kind === 'boolean') {
    const data = [{ value: 'true', label: t('app:yes') }, { value: 'false', label: t('app:no') }];
    return (
      <NativeSelect
        size="sm"
        aria-label={t('list:filter.value')}
        value={value === undefined ? '' : String(value)}
        data={[{ value: '', label: '–' }, ...data]}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value === 'true')}
      />
    );
  }
  return <Bound field={field} label={t('list:filter.value')} value={String(value ?? '')} onChange={onChange} />;
}

interface BoundProps {
  field: Field;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** One operand: a day, or what was typed, with western digits where it is a number. */
function Bound({ field, label, value, onChange }: BoundProps) {
  if (field.kind === 'date' || field.kind === 'dateTime') {
    return <DateField label={label} value={value || null} onChange={(day) => onChange(day ?? '')} />;
  }
  const isNumber = Boolean(kindOf(field).end);
  return (
    <TextInput
      size="sm"
      label={label}
      dir={value ? 'auto' : undefined}
      inputMode={isNumber ? 'decimal' : 'text'}
      value={value}
      onChange={(event) => onChange(isNumber ? digits(event.currentTarget.value) : event.currentTarget.value)}
    />
  );
}

interface NumbersProps {
  names: readonly string[];
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Several numbers that belong together, such as a place and a distance. */
function Numbers({ names, value, onChange }: NumbersProps) {
  const { t } = useTranslation();
  const held = (value ?? {}) as Record<string, string>;
  return (
    <div className="condition-numbers">
      {names.map((name) => (
        <TextInput
          key={name}
          size="sm"
          dir="ltr"
          inputMode="decimal"
          label={t(`app:place.${name}`)}
          value={held[name] ?? ''}
          onChange={(event) => onChange({ ...held, [name]: digits(event.currentTarget.value) })}
        />
      ))}
    </div>
  );
}
