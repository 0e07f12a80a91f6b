import { useCallback, useState } from 'react';
import type { EntityType } from '@/meta/model';

type Widths = Record<string, number>;
const place = (type: EntityType): string => `xrm.widths.${type.name}`;

function kept(type: EntityType): Widths {
  try {
    return (JSON.parse(localStorage.getItem(place(type)) ?? '{}') as Widths | null) ?? {};
  } catch {
    return {};
  }
}

/** How wide the reader made the columns of a type; kept in this browser. */
export function useWidths(type: EntityType): [Widths, (column: string, width: number) => void] {
  const [widths, setWidths] = useState(() => kept(type));
  const set = useCallback(
    (column: string, width: number) =>
      setWidths((before) => {
        const next = { ...before, [column]: width };
        localStorage.setItem(place(type), JSON.stringify(next));
        return next;
      }),
    [type],
  );
  return [widths, set];
}
