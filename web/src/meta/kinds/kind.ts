import type { ComponentType, ReactNode } from 'react';
import type { Operator } from '@/meta/filters';
import type { Field } from '@/meta/model';

export interface CellProps {
  value: unknown;
  field: Field;
}

export interface EditorProps {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  /** Absent where the place says already what is edited: then the name is for screen readers only. */
  label?: ReactNode;
  name: string;
  description?: ReactNode;
  error?: ReactNode;
  autoFocus?: boolean;
}

/** What the application knows of a kind of field: how it is shown, typed, compared and added up. */
export interface Kind {
  width: number;
  end?: boolean;
  sortable: boolean;
  operators: readonly Operator[];
  total?: { name: 'sum' | 'average'; select: string };
  select: (name: string) => string;
  Cell: ComponentType<CellProps>;
  Editor: ComponentType<EditorProps>;
  /** The value as the API takes it, made of what the editor holds; undefined when it is none. */
  sent: (value: unknown) => unknown;
}

export const asItIs = (name: string): string => name;

export const orNothing = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** What all editors hand on to the input that they are made of. */
export const inputOf = ({ label, name, description, error, field, autoFocus }: EditorProps) => ({
  label,
  'aria-label': label ? undefined : name,
  description,
  error,
  required: field.required && Boolean(label),
  withAsterisk: field.required && Boolean(label),
  autoFocus: autoFocus ?? false,
  // dialogs give the focus themselves, to what says so
  'data-autofocus': autoFocus || undefined,
  size: 'sm' as const,
});
