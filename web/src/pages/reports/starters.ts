/** Dashboards that are made from the model as it stands, so that there is something to read before anybody builds. */
import { isYear } from '@/meta/kinds/said';
import { namingField, type EntityType, type Field, type Model } from '@/meta/model';
import { freshSource, freshTile, type Board, type Key, type Measure, type Source, type Tile, type TileKind } from './board';
import { farType, figuresOf, isDay, isNumber } from './fields';

export const STARTERS = ['value', 'flow'] as const;
export type Starter = (typeof STARTERS)[number];

export interface Started {
  type: EntityType;
  board: Board;
}

const choices = (type: EntityType): Field[] => type.fields.filter((field) => field.kind === 'choice');
const money = (type: EntityType): Field | undefined => type.fields.find((field) => field.kind === 'money' && isNumber(field));

/** The day that a type is put in order by, else the first one that each record has. */
function day(type: EntityType): Field | undefined {
  const days = type.fields.filter(isDay);
  return days.find((field) => field.name === type.order[0]?.field) ?? days.find((field) => field.required) ?? days[0];
}

/** What a relation leads to that leads to one, by its name: of the type with most records, and only records that have one. */
function partner(model: Model, type: EntityType, counts: Record<string, number>): { by: Key; text: string } | undefined {
  const found = type.relations.filter((each) => each.most === 1).flatMap((side) => {
    const far = farType(model, type, side.name);
    const name = far && namingField(far);
    return name ? [{ by: { via: side.name, field: name.name }, text: `count(${side.name}) >= 1`, weight: counts[far.name] ?? 0 }] : [];
  });
  return found.sort((a, b) => b.weight - a.weight)[0];
}

/** The type with most records that a starter can be made of; null where the model has none. */
export function started(starter: Starter, model: Model, counts: Record<string, number>): Started | null {
  const most = (types: EntityType[]) => types.sort((a, b) => (counts[b.name] ?? 0) - (counts[a.name] ?? 0))[0];
  const dated = model.types.filter((type) => day(type) && choices(type).length);
  const type = most(dated.filter((each) => Boolean(money(each)) === (starter === 'value')));
  if (!type) return null;
  return { type, board: { tiles: starter === 'value' ? ofValue(type, partner(model, type, counts)) : ofFlow(type, partner(model, type, counts)) } };
}

const maker = (type: EntityType) => {
  let made = 0;
  return (kind: TileKind, part: Partial<Source>, size: Partial<Tile> = {}): Tile => ({
    ...freshTile(kind, { ...freshSource(type.name), date: day(type)?.name ?? '', ...part }, `s${made++}`),
    ...size,
  });
};

type Partner = ReturnType<typeof partner>;

function ofValue(type: EntityType, who: Partner): Tile[] {
  const make = maker(type);
  const field = money(type)!.name;
  const sum: Measure[] = [{ figure: 'sum', field }];
  const [first, second] = choices(type);
  const year: Partial<Source> = { span: 'MONTHS_12', compare: true };
  const monthly: Key = { field: day(type)!.name, unit: 'MONTH' };
  const by = (choice: Field | undefined): Key[] => (choice ? [{ field: choice.name }] : []);
  return [
    make('kpi', { ...year, measures: sum }),
    make('kpi', year),
    make('kpi', { ...year, measures: [{ figure: 'average', field }] }),
    make('kpi', { ...year, measures: [{ figure: 'median', field }] }),
    make('area', { measures: sum, by: [monthly], top: 24 }, { width: 8 }),
    make('pie', { measures: sum, by: by(second ?? first) }, { width: 4 }),
    ...(who ? [make('bar', { measures: sum, by: [who.by], text: who.text })] : []),
    make('bar', { by: [monthly, ...by(first)], top: 12 }),
    ...(who && second ? [make('pivot', { measures: sum, by: [who.by, { field: second.name }], text: who.text })] : []),
  ];
}

function ofFlow(type: EntityType, who: Partner): Tile[] {
  const make = maker(type);
  const [first, second, third] = choices(type);
  const number = type.fields.find((field) => isNumber(field) && !isYear(field) && figuresOf(field).includes('sum'));
  const year: Partial<Source> = { span: 'MONTHS_12', compare: true };
  const monthly: Key = { field: day(type)!.name, unit: 'MONTH' };
  const key = (field: Field): Key => ({ field: field.name });
  return [
    make('kpi', year),
    ...(number ? [make('kpi', { ...year, measures: [{ figure: 'sum', field: number.name }] }), make('kpi', { ...year, measures: [{ figure: 'median', field: number.name }] })] : []),
    make('line', { by: [monthly, key(first!)], top: 24 }, { width: 12 }),
    make('funnel', { by: [key(third ?? second ?? first!)] }),
    ...(second ? [make('sankey', { by: [key(first!), key(second)] })] : [make('pie', { by: [key(first!)] })]),
    ...(who ? [make('bar', { by: [who.by], text: who.text })] : []),
  ];
}
