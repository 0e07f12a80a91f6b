import { Group, TextInput } from '@mantine/core';
import { fromAbsolute, parseDateTime, toZoned } from '@internationalized/date';
import { useTranslation } from 'react-i18next';
import { isDay } from '@/lib/calendar';
import { settings, zoneOf } from '@/lib/settings';
import { DateField } from '@/ui/DateField';
import { asItIs, inputOf, orNothing, type EditorProps, type Kind } from './kind';
import { SaidCell } from './SaidCell';

function DateEditor(props: EditorProps) {
  const { value, onChange } = props;
  return <DateField {...named(props)} raw value={value ? String(value) : null} onChange={onChange} />;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

/** A moment as a day and an hour in the reader's zone. */
function DateTimeEditor(props: EditorProps) {
  const { t } = useTranslation();
  const zone = zoneOf(settings());
  const text = props.value ? String(props.value) : null;
  const held = text && MOMENT.test(text) ? fromAbsolute(Date.parse(text), zone) : null;
  const day = held?.toString().slice(0, 10) ?? text;
  const hour = held?.toString().slice(11, 16) ?? '';
  function change(on: string | null, at: string): void {
    if (!on || !isDay(on)) props.onChange(on);
    else props.onChange(toZoned(parseDateTime(`${on}T${at || '00:00'}`), zone).toDate().toISOString());
  }
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      <div style={{ flex: 1 }}>
        <DateField {...named(props)} raw value={day} onChange={(on) => change(on, hour)} />
      </div>
      <TextInput
        type="time"
        size="sm"
        label={props.label && t('app:date.hour')}
        aria-label={t('app:date.hour')}
        value={hour}
        disabled={!held}
        onChange={(event) => change(day, event.currentTarget.value)}
      />
    </Group>
  );
}

function named(props: EditorProps) {
  const { label, error, required, autoFocus } = inputOf(props);
  return { label, error, required, autoFocus, ...(label ? {} : { ariaLabel: props.name }) };
}

/** Nothing, or what is of the form; texts that are not are no value. */
const valueIf = (is: (text: string) => boolean) => (value: unknown): unknown => {
  const given = orNothing(value);
  return given === null || is(String(given)) ? given : undefined;
};

export const date: Kind = {
  width: 140,
  sortable: true,
  operators: ['during', 'least', 'most', 'between', 'empty', 'filled'],
  select: asItIs,
  Cell: SaidCell,
  Editor: DateEditor,
  sent: valueIf(isDay),
};
export const dateTime: Kind = { ...date, width: 190, Editor: DateTimeEditor, sent: valueIf((text) => MOMENT.test(text)) };
