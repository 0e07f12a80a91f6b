import { TextInput } from '@mantine/core';
import { western } from '@/lib/calendar';
import { useFormat } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import { asItIs, inputOf, type CellProps, type EditorProps, type Kind } from './kind';

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const WHOLE = /^[+-]?\d+$/;

/** The digits of a number as it was typed: any digits, spaces and group marks, and the Persian decimal point. */
export const digits = (value: unknown): string =>
  western(String(value ?? ''))
    .replace(/[\s\u00a0\u202f\u066c]/g, '')
    .replace('\u066b', '.');

function NumberCell({ value }: CellProps) {
  const format = useFormat();
  return value === null || value === undefined ? null : <bdi className="num">{format.number(String(value), 6)}</bdi>;
}

function YearCell({ value }: CellProps) {
  const format = useFormat();
  return value === null || value === undefined ? null : <bdi className="num">{format.plain(Number(value))}</bdi>;
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

const number = (form: RegExp, made: (text: string) => unknown) => ({
  width: 120,
  end: true,
  sortable: true,
  operators: ['is', 'least', 'most', 'between', 'empty', 'filled'] as const,
  total: { name: 'sum' as const, select: '' },
  select: asItIs,
  Cell: NumberCell,
  Editor: NumberEditor,
  sent: (value: unknown) => {
    const text = digits(value);
    if (!text) return null;
    return form.test(text) ? made(text) : undefined;
  },
});

export const integer: Kind = number(WHOLE, Number);

const { total: _noSum, ...figures } = number(WHOLE, Number);
/** A whole number that can only be a year is no amount: neither grouped nor added up. */
export const year: Kind = { ...figures, Cell: YearCell };

export const isYear = ({ kind, options }: Field): boolean =>
  kind === 'integer' && Number(options.min) >= 1000 && Number(options.max) <= 9999;

export const decimal: Kind = number(DECIMAL, String);
export const percent: Kind = { ...decimal, Cell: PercentCell, total: { name: 'average', select: '' } };
