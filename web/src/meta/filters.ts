/** Conditions as people set them, and the typed filter of the API that they become. */
import type { Field } from './model';

export type Operator =
  | 'contains' | 'begins' | 'is' | 'least' | 'most' | 'between' | 'anyOf' | 'noneOf' | 'during' | 'empty' | 'filled';

export interface Condition {
  field: string;
  operator: Operator;
  value?: unknown;
}

export interface Range {
  from: string;
  to: string;
}

export const PERIODS = [
  'TODAY', 'YESTERDAY', 'THIS_WEEK', 'LAST_WEEK', 'THIS_MONTH', 'LAST_MONTH', 'THIS_QUARTER', 'LAST_QUARTER', 'THIS_YEAR', 'LAST_YEAR',
] as const;

type Where = Record<string, unknown>;

/** A condition says something once its value is there. */
export function isWhole({ operator, value }: Condition): boolean {
  if (operator === 'empty' || operator === 'filled') return true;
  if (operator === 'between') return Boolean((value as Range | undefined)?.from && (value as Range).to);
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

export function whereOf(conditions: readonly Condition[], fields: readonly Field[]): Where | undefined {
  const known = new Map(fields.map((field) => [field.name, field]));
  const parts = conditions.flatMap((condition) => {
    const field = known.get(condition.field);
    return field && isWhole(condition) ? [{ [field.name]: comparison(condition, field) }] : [];
  });
  if (!parts.length) return undefined;
  return parts.length === 1 ? parts[0] : { and: parts };
}

function comparison({ operator, value }: Condition, field: Field): Where {
  const whole = field.kind === 'integer';
  const one = (given: unknown): unknown => (whole ? Number(given) : given);
  const range = value as Range;
  switch (operator) {
    case 'contains':
      return { containsIgnoreCase: value };
    case 'begins':
      return { startsWithIgnoreCase: value };
    case 'is':
      return { eq: one(value) };
    case 'least':
      return { gte: bound(one(value), field, 'T00:00:00Z') };
    case 'most':
      return { lte: bound(one(value), field, 'T23:59:59.999999Z') };
    case 'between':
      return {
        between: {
          from: bound(one(range.from), field, 'T00:00:00Z'),
          to: bound(one(range.to), field, 'T23:59:59.999999Z'),
        },
      };
    case 'anyOf':
      return field.isList ? { hasAny: value } : { in: value };
    case 'noneOf':
      return { notIn: value };
    case 'during':
      return { during: value };
    case 'empty':
      return { isNull: true };
    case 'filled':
      return { isNull: false };
  }
}

/** A day stands for its first or last moment where the field keeps moments. */
const bound = (value: unknown, field: Field, rest: string): unknown =>
  field.kind === 'dateTime' ? `${String(value)}${rest}` : value;
