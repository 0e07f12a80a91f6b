import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChange, ListSearch } from '@/app/listSearch';
import { useNarrow } from '@/lib/useNarrow';
import { usePlace } from '@/lib/usePlace';
import { usePrinting } from '@/lib/usePrinting';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Fault } from '@/ui/Fault';
import { CardList } from '@/ui/grid/CardList';
import { Grid } from '@/ui/grid/Grid';
import { tell } from '@/ui/toasts';
import { BulkBar } from './BulkBar';
import { Grouped } from './Grouped';
import { groupField } from './groups';
import { RecordCard } from './RecordCard';
import type { Asked } from './useAsked';
import { useColumns } from './useColumns';
import { useRows } from './useRows';
import { useSelection } from './useSelection';
import type { useTotals } from './useTotals';

export interface TableProps {
  asked: Asked;
  totals: ReturnType<typeof useTotals>;
  search: ListSearch;
  change: (part: ListChange) => void;
  /** Which fields stand in columns, in their order. */
  choose: (names: string[]) => void;
}

const idOf = (row: Row): string => row.id;

/** The records row by row, on a phone card by card; in groups where a field is named to group by. */
export function Table(props: TableProps) {
  // paper is narrow too, and has room for rows all the same
  const printing = usePrinting();
  const narrow = useNarrow() && !printing;
  const { asked, search } = props;
  const group = groupField(asked.type, search);
  return group && !narrow ? <Grouped key={group.name} {...props} by={group} /> : <Plain {...props} narrow={narrow} />;
}

function Plain({ asked, totals, change, choose, narrow }: TableProps & { narrow: boolean }) {
  const go = useNavigate();
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useSettings();
  const place = usePlace();
  const found = useRows(asked, totals.count, place.from);
  const selection = useSelection(found, (count) => tell(t('list:bulk.missed', { count, number: format.number(count) })));
  const columns = useColumns(asked, totals.figures, change, choose, selection);
  const open = useCallback((row: Row) => void go({ to: '/r/$id', params: { id: row.id } }), [go]);
  if (found.error) return <div className="list-fault"><Fault error={found.error} again={() => void found.again()} /></div>;
  const shared = { name: heading(asked.type.labels, language), lines: found.lines, keyOf: idOf, from: place.from, onTop: place.keep };
  if (narrow) return <CardList {...shared} card={(row) => <RecordCard row={row} fields={asked.fields} />} />;
  return (
    <div className="table-view">
      <Grid {...shared} columns={columns} count={totals.count} onOpen={open} picking={selection} />
      <BulkBar asked={asked} selection={selection} count={totals.count} />
    </div>
  );
}
