import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTypeName } from '@/graph/Legend';
import { tally, type Scene } from '@/graph/scene';
import type { ValueFilter } from '@/graph/valueFilters';
import { useLanding } from '@/lib/useLanding';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { begunWith, wayOf } from './kinds';
import { OneFilter } from './OneFilter';

interface Props {
  scene: Scene;
  filters: readonly ValueFilter[];
  onChange: (filters: ValueFilter[]) => void;
}

/** By which fields the drawing is filtered, and one more. */
export default function ValueFilters({ scene, filters, onChange }: Props) {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const { language } = useSettings();
  const model = useModel();
  const records = [...scene.records.values()];
  const land = useLanding(filters.length, '.graph-value-head button', '.graph-value-add select');
  const taken = new Set(filters.map(({ type, field }) => `${type} ${field}`));
  const offered = tally(records.map(({ type }) => type)).flatMap(([name]) => {
    const fields = (typeNamed(model.data, name)?.fields ?? []).filter((field) => wayOf(field) && !taken.has(`${name} ${field.name}`));
    return fields.length ? [{ group: typeName(name), items: fields.map((field) => ({ value: `${name} ${field.name}`, label: heading(field, language) })) }] : [];
  });

  function add(chosen: string): void {
    const [type = '', name] = chosen.split(' ');
    const field = typeNamed(model.data, type)?.fields.find((each) => each.name === name);
    if (field) onChange([...filters, begunWith(type, field, records)]);
  }

  return (
    <section aria-label={t('explorer:value.title')}>
      <h2>{t('explorer:value.title')}</h2>
      {filters.map((filter, place) => (
        <OneFilter
          key={`${filter.type} ${filter.field}`}
          records={records}
          filter={filter}
          onChange={(next) => onChange(filters.map((each) => (each === filter ? next : each)))}
          onDrop={() => {
            land(place);
            onChange(filters.filter((each) => each !== filter));
          }}
        />
      ))}
      {offered.length > 0 && (
        <NativeSelect
          className="graph-value-add"
          size="sm"
          aria-label={t('explorer:value.field')}
          value=""
          data={[{ value: '', label: t('explorer:value.any') }, ...offered]}
          onChange={(event) => add(event.currentTarget.value)}
        />
      )}
    </section>
  );
}
