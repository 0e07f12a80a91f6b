import { TextInput } from '@mantine/core';
import { western } from '@/lib/calendar';
import { asItIs, inputOf, type EditorProps, type Kind } from './kind';
import { SaidCell } from './SaidCell';
import { useTyped } from './useTyped';

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const WHOLE = /^[+-]?\d+$/;

/** The digits of a number as it was typed: any digits, spaces and group marks, and the Persian decimal point. */
export const digits = (value: unknown): string =>
  western(String(value ?? ''))
    .replace(/[\s\u00a0\u202f\u066c]/g, '')
    .replace('\u066b', '.');

function NumberEditor(props: EditorProps) {
  const typed = useTyped(props.value, props.onChange);
  return (
    <TextInput
      {...inputOf(props)}
      inputMode="decimal"
      rightSection={props.field.kind === 'percent' ? '%' : undefined}
      {...typed}
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
  Cell: SaidCell,
  Editor: NumberEditor,
  sent: (value: unknown) => {
    const text = digits(value);
    if (!text) return null;
    return form.test(text) ? made(text) : undefined;
  },
});

/** Beyond 53 bits the digits go as they were typed: a number would be rounded. */
const whole = (text: string): unknown => (Number.isSafeInteger(Number(text)) ? Number(text) : text);

export const integer: Kind = number(WHOLE, whole);

const { total: _noSum, ...figures } = number(WHOLE, Number);
/** A year is neither grouped nor added up. */
export const year: Kind = figures;

export const decimal: Kind = number(DECIMAL, String);
export const percent: Kind = { ...decimal, total: { name: 'average', select: '' } };
