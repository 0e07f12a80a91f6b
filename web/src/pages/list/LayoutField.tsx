import { NativeSelect } from '@mantine/core';
import { useSettings } from '@/lib/useSettings';
import { heading, type Field } from '@/meta/model';

interface Props {
  label: string;
  fields: readonly Field[];
  value: string;
  /** What stands for no field, where that is a choice. */
  none?: string;
  choose: (name: string) => void;
}

/** The field that a view lays records out by. */
export function LayoutField({ label, fields, value, none, choose }: Props) {
  const { language } = useSettings();
  const data = fields.map((field) => ({ value: field.name, label: heading(field, language) }));
  return (
    <label className="layout-field">
      <span>{label}</span>
      <NativeSelect
        size="xs"
        value={value}
        data={none ? [{ value: 'none', label: none }, ...data] : data}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </label>
  );
}
