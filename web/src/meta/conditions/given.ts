/** Conditions that an address or a saved view gives: those that can be understood, the others are left out. Pure. */
import { QUANTIFIERS, type Condition, type Operator } from '@/meta/filters';
import { words } from '@/lib/given';

const PLAIN: readonly Operator[] = ['contains', 'begins', 'is', 'least', 'most', 'during'];
const LISTS: readonly Operator[] = ['anyOf', 'noneOf'];
const ALONE: readonly Operator[] = ['empty', 'filled'];
const PARTS: Partial<Record<Operator, readonly string[]>> = {
  between: ['from', 'to'],
  near: ['latitude', 'longitude', 'km'],
  inBox: ['south', 'west', 'north', 'east'],
};

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const partsOf = (value: unknown): Record<string, unknown> => (value && typeof value === 'object' ? (value as Record<string, unknown>) : {});

export function conditionsFrom(given: unknown): Condition[] {
  return (Array.isArray(given) ? given : []).flatMap((each: unknown) => {
    const { field, operator, value } = partsOf(each);
    const [name, known] = [words(field), knownOf(operator)];
    if (!name || !known) return [];
    const understood = valueOf(known, value);
    return [{ field: name, operator: known, ...(understood !== undefined && { value: understood }) }];
  });
}

const ALL: readonly Operator[] = [...PLAIN, ...LISTS, ...ALONE, ...(Object.keys(PARTS) as Operator[]), ...QUANTIFIERS];
const knownOf = (operator: unknown): Operator | undefined => ALL.find((each) => each === operator);

function valueOf(operator: Operator, value: unknown): unknown {
  if (ALONE.includes(operator)) return undefined;
  if (LISTS.includes(operator)) return Array.isArray(value) ? value.filter(isPlain) : undefined;
  if (PLAIN.includes(operator)) return isPlain(value) ? value : undefined;
  const parts = partsOf(value);
  const names = PARTS[operator];
  if (names) return Object.fromEntries(names.filter((name) => isPlain(parts[name])).map((name) => [name, parts[name]]));
  const type = words(parts.type);
  if (!type) return undefined;
  const [least, most] = [words(parts.least), words(parts.most)];
  return { type, conditions: conditionsFrom(parts.conditions), ...(least && { least }), ...(most && { most }) };
}
