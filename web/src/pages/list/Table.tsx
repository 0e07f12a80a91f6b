import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ListChange } from '@/app/listSearch';
import { useNarrow } from '@/lib/useNarrow';
import { useSettings } from '@/lib/useSettings';
import { heading } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Fault } from '@/ui/Fault';
import { CardList } from '@/ui/grid/CardList';
import { Grid } from '@/ui/grid/Grid';
import { RecordCard } from './RecordCard';
import type { Asked } from './useAsked';
import { useColumns } from './useColumns';
import { useRows } from './useRows';
import type { useTotals } from './useTotals';

interface Props {
  asked: Asked;
  totals: ReturnType<typeof useTotals>;
  change: (part: ListChange) => void;
}

const idOf = (row: Row): string => row.id;

/** The records row by row; on a phone card by card. */
export function Table({ asked, totals, change }: Props) {
  const go = useNavigate();
  const narrow = useNarrow();
  const { language } = useSettings();
  const found = useRows(asked, totals.count);
  const columns = useColumns(asked, totals.figures, change);
  const open = useCallback((row: Row) => void go({ to: '/r/$id', params: { id: row.id } }), [go]);
  if (found.error) return <div className="list-fault"><Fault error={found.error} again={() => void found.again()} /></div>;
  const shared = { name: heading(asked.type.labels, language), rows: found.rows, coming: found.coming, keyOf: idOf, onNeed: found.more };
  if (narrow) return <CardList {...shared} card={(row) => <RecordCard row={row} fields={asked.fields} />} />;
  return <Grid {...shared} columns={columns} count={totals.count} onOpen={open} />;
}
