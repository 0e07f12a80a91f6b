import { useCallback, useMemo, useState } from 'react';
import { isKnown } from '@/meta/kinds';
import { titleField, type EntityType, type Field, type Side } from '@/meta/model';

const AT_FIRST = 7;
const AT_A_GLANCE = [['choice'], ['money'], ['integer', 'decimal', 'percent'], ['date', 'dateTime']];
const place = (type: EntityType): string => `xrm.columns.${type.name}`;

/** A relation as what stands in a column: its records, which are only shown there. */
const asField = ({ name, en, ru, fa }: Side): Field => ({
  name, en, ru, fa, kind: 'relation', required: false, unique: false, readOnly: true, searchable: false, isList: true, default: null, options: {}, help: null,
});

/** Fields and relations that can stand in a column beside the record's name. */
export function columnFields(type: EntityType): Field[] {
  const title = titleField(type);
  return [...type.fields.filter((field) => field !== title && isKnown(field)), ...type.relations.map(asField)];
}

function kept(type: EntityType): string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(place(type)) ?? 'null');
    if (Array.isArray(names)) return names.map(String);
  } catch {
    // what was kept cannot be read: as at first
  }
  const telling = columnFields(type).filter((field) => field.kind !== 'longText' && field.kind !== 'relation' && !field.name.startsWith('external'));
  telling.sort((a, b) => rank(a) - rank(b));
  return telling.slice(0, AT_FIRST).map((field) => field.name);
}

/** What compares at a glance comes first: choices, amounts, numbers, days; then the rest in the model's order. */
function rank(field: Field): number {
  const place = AT_A_GLANCE.findIndex((kinds) => kinds.includes(field.kind));
  return place < 0 ? AT_A_GLANCE.length : place;
}

/** The columns that the reader chose for a type, in their order; kept in this browser. */
export function useChosenFields(type: EntityType): [Field[], (names: string[]) => void] {
  const [chosen, setChosen] = useState<{ type: string; names: string[] }>(() => ({ type: type.name, names: kept(type) }));
  const names = chosen.type === type.name ? chosen.names : kept(type);
  const key = names.join(' ');
  const fields = useMemo(() => {
    const known = new Map(columnFields(type).map((field) => [field.name, field]));
    return key.split(' ').flatMap((name) => known.get(name) ?? []);
  }, [type, key]);
  const choose = useCallback(
    (next: string[]) => {
      localStorage.setItem(place(type), JSON.stringify(next));
      setChosen({ type: type.name, names: next });
    },
    [type],
  );
  return [fields, choose];
}
