import { useMemo } from 'react';
import type { ListSearch } from '@/app/listSearch';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { orderOf, type Sort, type SortKey } from '@/meta/compose';
import { whereOf, type Where } from '@/meta/filters';
import { useModel, type EntityType, type Field } from '@/meta/model';

/** What every view of a list asks for: one filter and one order, whatever it is laid out as. */
export interface Asked {
  type: EntityType;
  fields: readonly Field[];
  where: Where | undefined;
  text: string | null;
  order: SortKey[];
  sort: Sort | undefined;
  filtered: boolean;
}

export function useAsked(type: EntityType, fields: readonly Field[], search: ListSearch): Asked {
  const zone = zoneOf(useSettings());
  const { data: model } = useModel();
  return useMemo(
    () => ({
      type,
      fields,
      where: whereOf(search.filter ?? [], type.fields, zone, model && { type, model }),
      text: search.text ?? null,
      order: orderOf(type, search.sort),
      sort: search.sort,
      filtered: Boolean(search.filter?.length || search.text),
    }),
    [type, fields, search.filter, search.text, search.sort, zone, model],
  );
}
