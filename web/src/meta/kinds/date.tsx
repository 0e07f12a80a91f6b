import { Group, TextInput } from '@mantine/core';
import { fromAbsolute, parseDateTime, toZoned } from '@internationalized/date';
import { useTranslation } from 'react-i18next';
import { settings, zoneOf } from '@/lib/settings';
import { DateField } from '@/ui/DateField';
import { asItIs, inputOf, orNothing, type EditorProps, type Kind } from './kind';
import { SaidCell } from './SaidCell';

function DateEditor(props: EditorProps) {
  const { value, onChange } = props;
  return <DateField {...named(props)} value={value ? String(value) : null} onChange={onChange} />;
}

/** A moment as a day and an hour in the reader's zone. */
function DateTimeEditor(props: EditorProps) {
  const { t } = useTranslation();
  const zone = zoneOf(settings());
  const held = props.value ? fromAbsolute(Date.parse(String(props.value)), zone) : null;
  const day = held?.toString().slice(0, 10) ?? null;
  const hour = held?.toString().slice(11, 16) ?? '';
  function change(on: string | null, at: string): void {
    if (!on) props.onChange(null);
    else props.onChange(toZoned(parseDateTime(`${on}T${at || '00:00'}`), zone).toDate().toISOString());
  }
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      <div style={{ flex: 1 }}>
        <DateField {...named(props)} value={day} onChange={(on) => change(on, hour)} />
      </div>
      <TextInput
        type="time"
        size="sm"
        label={props.label && t('app:date.hour')}
        aria-label={t('app:date.hour')}
        value={hour}
        disabled={!day}
        onChange={(event) => change(day, event.currentTarget.value)}
      />
    </Group>
  );
}

function named(props: EditorProps) {
  const { label, error, required, autoFocus } = inputOf(props);
  return { label, error, required, autoFocus, ...(label ? {} : { ariaLabel: props.name }) };
}

export const date: Kind = {
  width: 140,
  sortable: true,
  operators: ['during', 'least', 'most', 'between', 'empty', 'filled'],
  select: asItIs,
  Cell: SaidCell,
  Editor: DateEditor,
  sent: orNothing,
};
export const dateTime: Kind = { ...date, width: 190, Editor: DateTimeEditor };
