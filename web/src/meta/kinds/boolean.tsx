import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asItIs, inputOf, type CellProps, type EditorProps, type Kind } from './kind';

function BooleanCell({ value }: CellProps) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return null;
  return <span className={value ? '' : 'muted'}>{value ? t('app:yes') : t('app:no')}</span>;
}

function BooleanEditor(props: EditorProps) {
  const { label, description, error, autoFocus, 'aria-label': name } = inputOf(props);
  return (
    <Checkbox
      label={label}
      aria-label={name}
      description={description}
      error={error}
      autoFocus={autoFocus}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

export const boolean: Kind = {
  width: 90,
  sortable: false,
  operators: ['is', 'empty', 'filled'],
  select: asItIs,
  Cell: BooleanCell,
  Editor: BooleanEditor,
  sent: (value) => value ?? null,
};
