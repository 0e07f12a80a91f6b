import { Textarea, TextInput } from '@mantine/core';
import { asItIs, inputOf, orNothing, type CellProps, type EditorProps, type Kind } from './kind';

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');

function TextCell({ value }: CellProps) {
  return (
    <span className="cut" dir="auto">
      {shown(value)}
    </span>
  );
}

/** Telephone numbers and addresses keep their order inside text of the other direction. */
function ForeignCell({ value }: CellProps) {
  return <bdi className="cut num" dir="ltr">{shown(value)}</bdi>;
}

function MailCell({ value }: CellProps) {
  return (
    <a className="cut plain-link" dir="ltr" href={`mailto:${shown(value)}`} tabIndex={-1}>
      {shown(value)}
    </a>
  );
}

function UrlCell({ value }: CellProps) {
  const address = shown(value);
  return (
    <a className="cut plain-link" dir="ltr" href={address} target="_blank" rel="noreferrer" tabIndex={-1}>
      {address.replace(/^https?:\/\//, '').replace(/\/$/, '')}
    </a>
  );
}

const typing = (direction: 'auto' | 'ltr', type = 'text') =>
  function TextEditor(props: EditorProps) {
    return (
      <TextInput
        {...inputOf(props)}
        type={type}
        dir={props.value ? direction : undefined}
        maxLength={props.field.options.maxLength}
        value={shown(props.value)}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
    );
  };

function LongTextEditor(props: EditorProps) {
  return (
    <Textarea
      {...inputOf(props)}
      dir={props.value ? 'auto' : undefined}
      rows={4}
      value={shown(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

const plain: Kind = {
  width: 180,
  sortable: true,
  operators: ['contains', 'begins', 'is', 'empty', 'filled'],
  select: asItIs,
  Cell: TextCell,
  Editor: typing('auto'),
  sent: orNothing,
};

export const text = plain;
export const longText: Kind = { ...plain, width: 260, sortable: false, Editor: LongTextEditor };
export const email: Kind = { ...plain, width: 210, Cell: MailCell, Editor: typing('ltr', 'email') };
export const phone: Kind = { ...plain, width: 160, Cell: ForeignCell, Editor: typing('ltr', 'tel') };
export const url: Kind = { ...plain, width: 190, Cell: UrlCell, Editor: typing('ltr', 'url') };
