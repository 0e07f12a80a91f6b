import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Scene, SceneRecord } from '@/graph/scene';
import type { ValueFilter } from '@/graph/valueFilters';
import { typeNamed, useModel, type Field } from '@/meta/model';

const AT_ONCE = 500;

type Values = ReadonlyMap<string, unknown>;

/** The scene with the values that its filters look at: of fields that cards do not tell they are asked for. */
export function useValues(scene: Scene, filters: readonly ValueFilter[]): Scene {
  const model = useModel();
  const wanted = filters.flatMap((filter) => {
    const field = typeNamed(model.data, filter.type)?.fields.find(({ name }) => name === filter.field);
    const ids = field ? withoutValue(scene, filter) : [];
    return field && ids.length ? [{ ...filter, field, ids }] : [];
  });
  const found = useQueries({
    queries: wanted.map(({ type, field, ids }) => ({
      queryKey: keys.valuesOf({ type, field: field.name }, ids),
      queryFn: ({ signal }: { signal: AbortSignal }) => valuesOf(type, field, ids, signal),
      placeholderData: keepPreviousData,
    })),
  });
  const come = found.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  const asked = wanted.map(({ type, field }) => `${type} ${field.name}`).join();
  return useMemo(() => {
    const columns = wanted.flatMap(({ type, field }, place) => {
      const values = found[place]?.data;
      return values ? [{ type, field: field.name, values }] : [];
    });
    return columns.length ? { ...scene, records: filled(scene.records, columns) } : scene;
  }, [scene, asked, come]);
}

const withoutValue = (scene: Scene, { type, field }: ValueFilter): string[] =>
  [...scene.records.values()].flatMap((record) => (record.type === type && !(field in record.values) ? [record.id] : [])).sort();

type Column = { type: string; field: string; values: Values };

function filled(records: Scene['records'], columns: readonly Column[]): Map<string, SceneRecord> {
  return new Map([...records].map(([id, record]) => {
    const own = columns.filter(({ type, values }) => type === record.type && values.has(id));
    const more = Object.fromEntries(own.map(({ field, values }) => [field, values.get(id)]));
    return [id, own.length ? { ...record, values: { ...more, ...record.values } } : record];
  }));
}

/** A field of these records; null for those that have none or are gone. */
async function valuesOf(type: string, { name, kind }: Field, ids: readonly string[], signal: AbortSignal): Promise<Values> {
  const query = `query Values($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { id value: ${name}${kind === 'money' ? ' { amount currency }' : ''} } } }`;
  const found = new Map<string, unknown>(ids.map((id) => [id, null]));
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const { nodes } = await gql<{ nodes: ({ id: string; value: unknown } | null)[] }>(query, { ids: ids.slice(from, from + AT_ONCE) }, signal);
    for (const node of nodes) if (node) found.set(node.id, node.value);
  }
  return found;
}
