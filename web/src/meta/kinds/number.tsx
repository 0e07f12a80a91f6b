import { TextInput } from '@mantine/core';
import { western } from '@/lib/calendar';
import { useFormat } from '@/lib/useSettings';
import { asItIs, inputOf, type CellProps, type EditorProps, type Kind } from './kind';

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const WHOLE = /^[+-]?\d+$/;

/** The digits of a number as it was typed: any digits, spaces and group marks, and the Persian decimal point. */
export const digits = (value: unknown): string =>
  western(String(value ?? ''))
    .replace(/[\s\u00a0\u202f\u066c]/g, '')
    .replace('\u066b', '.');

function NumberCell({ value, field }: CellProps) {
  const format = useFormat();
  if (value === null || value === undefined) return null;
  // a year is no amount: it is not grouped
  const year = field.kind === 'integer' && /year|founded/i.test(field.name);
  return <bdi className="num">{year ? format.plain(Number(value)) : format.number(String(value), 6)}</bdi>;
}

function PercentCell({ value }: CellProps) {
  const format = useFormat();
  return value === null || value === undefined ? null : <bdi className="num">{format.percent(Number(value) / 100, 1)}</bdi>;
}

function NumberEditor(props: EditorProps) {
  return (
    <TextInput
      {...inputOf(props)}
      inputMode="decimal"
      value={String(props.value ?? '')}
      rightSection={props.field.kind === 'percent' ? '%' : undefined}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

const number = (form: RegExp, made: (text: string) => unknown): Kind => ({
  width: 120,
  end: true,
  sortable: true,
  operators: ['is', 'least', 'most', 'between', 'empty', 'filled'],
  total: { name: 'sum', select: '' },
  select: asItIs,
  Cell: NumberCell,
  Editor: NumberEditor,
  sent: (value) => {
    const text = digits(value);
    if (!text) return null;
    return form.test(text) ? made(text) : undefined;
  },
});

export const integer = number(WHOLE, Number);
export const decimal = number(DECIMAL, String);
export const percent: Kind = { ...decimal, Cell: PercentCell, total: { name: 'average', select: '' } };
