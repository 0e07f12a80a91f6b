import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTypeName } from '@/graph/Legend';
import { tally, type Scene } from '@/graph/scene';
import { plainValues, type ValueFilter } from '@/graph/showing';
import { useFormat, useSettings } from '@/lib/useSettings';
import { choiceLabel, heading, typeNamed, useModel, type Field } from '@/meta/model';

const KINDS = new Set(['choice', 'multiChoice', 'boolean']);
const MOST = 12;

/** Only records of a type with these values of a field; the values are those on the drawing, with how many have them. */
export function ValuePicker({ scene, value, onChange }: { scene: Scene; value: ValueFilter | null; onChange: (value: ValueFilter | null) => void }) {
  const { t } = useTranslation();
  const nameOf = useTypeName();
  const { language } = useSettings();
  const model = useModel();
  const records = [...scene.records.values()];
  const options = tally(records.map(({ type }) => type)).flatMap(([name]) => {
    const type = typeNamed(model.data, name);
    const told = records.find((record) => record.type === name)?.values ?? {};
    return (type?.fields ?? []).filter((field) => KINDS.has(field.kind) && field.name in told).map((field) => ({ type: name, field }));
  });
  const chosen = options.find(({ type, field }) => value?.type === type && value.field === field.name);
  if (!options.length) return null;
  return (
    <section aria-label={t('explorer:value.title')}>
      <h2>{t('explorer:value.title')}</h2>
      <NativeSelect
        size="sm"
        aria-label={t('explorer:value.field')}
        value={value ? `${value.type} ${value.field}` : ''}
        data={[
          { value: '', label: t('explorer:value.any') },
          ...options.map(({ type, field }) => ({ value: `${type} ${field.name}`, label: `${nameOf(type)}: ${heading(field, language)}` })),
        ]}
        onChange={(event) => {
          const [type, field] = event.currentTarget.value.split(' ');
          onChange(type && field ? { type, field, values: [] } : null);
        }}
      />
      {value && chosen && <Values records={records.filter(({ type }) => type === value.type)} field={chosen.field} value={value} onChange={onChange} />}
    </section>
  );
}

interface ValuesProps {
  records: readonly { values: Readonly<Record<string, unknown>> }[];
  field: Field;
  value: ValueFilter;
  onChange: (value: ValueFilter) => void;
}

function Values({ records, field, value, onChange }: ValuesProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const labelOf = (entry: string): string => {
    if (field.kind === 'boolean') return entry === 'true' ? t('explorer:value.yes') : t('explorer:value.no');
    const choice = field.options.choices?.find((each) => each.value === entry);
    return choice ? choiceLabel(choice, language) : entry;
  };
  return (
    <>
      {tally(records.flatMap((record) => plainValues(record.values[field.name]))).slice(0, MOST).map(([entry, count]) => (
        <label key={entry} className="graph-check">
          <input
            type="checkbox"
            checked={value.values.includes(entry)}
            onChange={() => onChange({ ...value, values: value.values.includes(entry) ? value.values.filter((each) => each !== entry) : [...value.values, entry] })}
          />
          <span className="cut grow">{labelOf(entry)}</span>
          <bdi className="num muted">{format.number(count)}</bdi>
        </label>
      ))}
    </>
  );
}
