import { CloseButton, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { tally, type SceneRecord } from '@/graph/scene';
import { plainValues, type ValueFilter } from '@/graph/valueFilters';
import type { Field } from '@/meta/model';
import { DateField } from '@/ui/DateField';
import { currenciesOf, entryOf, wayOf } from './kinds';
import { Typed } from './Typed';
import { useWords } from './useWords';

interface PartProps {
  field: Field;
  records: readonly SceneRecord[];
  filter: ValueFilter;
  onChange: (filter: ValueFilter) => void;
}

/** One field, and which of its values are shown. */
export function OneFilter({ onDrop, ...props }: Omit<PartProps, 'field'> & { onDrop: () => void }) {
  const { t } = useTranslation();
  const { fieldOf, nameOf } = useWords();
  const field = fieldOf(props.filter);
  const name = nameOf(props.filter);
  const Part = field && PARTS[wayOf(field) ?? 'text'];
  return (
    <div className="graph-value" role="group" aria-label={name}>
      <div className="graph-value-head">
        <span className="graph-field-name cut">{name}</span>
        <CloseButton size="sm" aria-label={t('explorer:value.off', { words: name })} onClick={onDrop} />
      </div>
      {Part && <Part field={field} {...props} />}
    </div>
  );
}

const MOST = 12;

function Entries({ field, records, filter, onChange }: PartProps) {
  const { words } = useWords();
  const held = records.flatMap((record) => (record.type === filter.type ? plainValues(record.values[field.name]) : []));
  const toggle = (entry: string) => onChange({ ...filter, values: filter.values.includes(entry) ? filter.values.filter((each) => each !== entry) : [...filter.values, entry] });
  return (
    <>
      {tally(held).slice(0, MOST).map(([entry, count]) => (
        <label key={entry} className="graph-check">
          <input type="checkbox" checked={filter.values.includes(entry)} onChange={() => toggle(entry)} />
          <span className="cut grow">{entryOf(field, entry, words.language, words.t)}</span>
          <bdi className="num muted">{words.format.number(count)}</bdi>
        </label>
      ))}
    </>
  );
}

/** The filter with a part of it, or without that part where it is empty. */
function withPart(filter: ValueFilter, part: 'from' | 'to' | 'text' | 'currency', value: string | null): ValueFilter {
  const { [part]: _before, ...rest } = filter;
  return value ? { ...rest, [part]: value } : rest;
}

const BOUNDS = ['from', 'to'] as const;

function Amounts({ field, records, filter, onChange }: PartProps) {
  const { t } = useTranslation();
  const currencies = filter.currency ? [...new Set([filter.currency, ...currenciesOf(filter.type, field, records)])] : [];
  return (
    <div className="graph-bounds">
      {BOUNDS.map((part) => (
        <Typed key={part} number label={t(`explorer:value.${part}`)} value={filter[part] ?? ''} onChange={(value) => onChange(withPart(filter, part, value))} />
      ))}
      {currencies.length > 0 && (
        <NativeSelect size="xs" label={t('app:currency')} value={filter.currency ?? ''} data={currencies} onChange={(event) => onChange(withPart(filter, 'currency', event.currentTarget.value))} />
      )}
    </div>
  );
}

function Days({ filter, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="graph-days">
      {BOUNDS.map((part) => (
        <DateField key={part} size="xs" label={t(`explorer:value.${part}`)} value={filter[part] ?? null} onChange={(day) => onChange(withPart(filter, part, day))} />
      ))}
    </div>
  );
}

function Part({ filter, onChange }: PartProps) {
  const { t } = useTranslation();
  return <Typed label={t('explorer:value.part')} value={filter.text ?? ''} onChange={(text) => onChange(withPart(filter, 'text', text))} />;
}

const PARTS = { values: Entries, amount: Amounts, day: Days, text: Part };
