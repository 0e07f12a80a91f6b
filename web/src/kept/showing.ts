/** What somebody changed stands in whatever shows the record, before the server has heard of it. Pure. */
type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** The answer with other values of one record in it; the same object where it does not hold the record. */
export function withValues<T>(answer: T, id: string, values: Values): T {
  return changed(answer, id, values) as T;
}

function changed(part: unknown, id: string, values: Values): unknown {
  if (Array.isArray(part)) return sameUnless(part, part.map((each) => changed(each, id, values)));
  if (!isObject(part)) return part;
  const inner = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, changed(value, id, values)]));
  const whole = Object.keys(part).some((name) => inner[name] !== part[name]) ? inner : part;
  return part.id === id ? asRecord(whole, values) : whole;
}

const sameUnless = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  after.some((each, place) => each !== before[place]) ? after : before;

/** A card has its values in a map; a row of a list has those that were asked for as its own. */
function asRecord(record: Values, values: Values): Values {
  if (isObject(record.values)) return { ...record, values: { ...record.values, ...values } };
  const shown = Object.entries(values).filter(([name]) => name in record);
  return shown.length ? { ...record, ...Object.fromEntries(shown) } : record;
}
