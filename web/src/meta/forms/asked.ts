/** Which fields a form asks for with what it holds: pure. */
import type { Field } from '@/meta/types';
import type { Values } from './draft';

const asks = (field: Field, values: Values): boolean => !field.when || field.when.values.includes(values[field.when.field] as string | boolean);

/**
 * The fields that are asked for always or with these values, required where these make them so. What a record holds
 * already stays in sight, so that it can be taken out.
 */
export const asked = (fields: readonly Field[], values: Values, held: Values = {}): Field[] =>
  fields.flatMap((field) => {
    if (!asks(field, values)) return (held[field.name] ?? null) === null ? [] : [field];
    return [field.when?.required ? { ...field, required: true } : field];
  });
