import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useKey } from '@/lib/useKey';
import { usePrinting } from '@/lib/usePrinting';
import { useSettings } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Head } from './Head';
import { PrintTable } from './PrintTable';
import { useGridKeys, type Place } from './useGridKeys';
import './grid.css';

export interface Column<Row> {
  key: string;
  title: string;
  width: number;
  end?: boolean;
  sorted?: 'ascending' | 'descending' | 'none';
  onSort?: () => void;
  /** Where its width can be changed: by a pull of its edge, or by the arrow keys on it. */
  onWidth?: (width: number) => void;
  widthName?: string;
  cell: (row: Row) => ReactNode;
  /** What takes the cell's place while it is edited. */
  editor?: (row: Row, close: () => void) => ReactNode;
  total?: ReactNode;
}

interface Props<Row> {
  name: string;
  columns: readonly Column<Row>[];
  /** Rows that are here, then as many that are on their way. */
  rows: readonly Row[];
  coming: number;
  /** Rows of the whole list, for screen readers; -1 while it is not known. */
  count: number;
  keyOf: (row: Row) => string;
  onOpen: (row: Row) => void;
  onNeed: () => void;
  /** Rows that can be edited; all when left out. */
  editable?: (row: Row) => boolean;
  picking?: Picking<Row> | undefined;
}

/** How rows are chosen, where they can be. */
export interface Picking<Row> {
  has: (row: Row) => boolean;
  pick: (index: number, extend: boolean) => void;
  all: () => void;
}

/** More is asked for so many rows before the end is reached. */
const NEAR = 250;
const HEIGHT = { comfortable: 40, compact: 32 } as const;

/** A table of any length: only the rows in view are in the page; arrow keys walk, Enter edits or opens. */
export function Grid<Row>({ name, columns, rows, coming, count, keyOf, onOpen, onNeed, editable, picking }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const { density } = useSettings();
  const [editing, setEditing] = useState<Place | null>(null);
  const shown = rows.length + coming;
  const virtual = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT[density],
    overscan: 12,
    scrollMargin: 34,
  });
  useEffect(() => virtual.measure(), [density, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (coming && last > rows.length - NEAR) onNeed();
  }, [coming, last, rows.length, onNeed]);

  const focusCell = useCallback((place: Place) => {
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-place="${place.row}:${place.column}"]`)?.focus({ preventScroll: true });
    });
  }, []);
  const goTo = useCallback(
    (place: Place) => {
      virtual.scrollToIndex(place.row);
      focusCell(place);
    },
    [virtual, focusCell],
  );
  const act = useCallback(
    (place: Place) => {
      const row = rows[place.row];
      if (!row) return;
      if (columns[place.column]?.editor && (editable?.(row) ?? true)) setEditing(place);
      else onOpen(row);
    },
    [rows, columns, onOpen, editable],
  );
  const { at, setAt, onKeyDown } = useGridKeys({ rows: rows.length, columns: columns.length, goTo, act, pick: picking?.pick, pickAll: picking?.all });
  // from outside the table the first step leads into it
  const enter = () => focusCell(at);
  useKey('list.next', enter);
  useKey('list.previous', enter);
  const close = useCallback(() => {
    if (editing) focusCell(editing);
    setEditing(null);
  }, [editing, focusCell]);

  if (usePrinting()) return <PrintTable name={name} columns={columns} rows={rows} count={count} keyOf={keyOf} />;
  return (
    <div
      ref={box}
      className="grid"
      role="grid"
      aria-label={name}
      aria-rowcount={count < 0 ? -1 : count + 1}
      aria-colcount={columns.length}
      aria-multiselectable={picking ? true : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="grid-head" role="row" aria-rowindex={1}>
        {columns.map((column, place) => (
          <Head key={column.key} column={column} place={place} />
        ))}
      </div>
      <div className="grid-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            <div
              key={row ? keyOf(row) : `coming ${item.index}`}
              className="grid-row"
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={row && picking ? picking.has(row) : undefined}
              style={{ transform: `translateY(${item.start - 34}px)` }}
            >
              {columns.map((column, place) => {
                const edited = editing?.row === item.index && editing.column === place;
                const here = at.row === item.index && at.column === place;
                return (
                  <div
                    key={column.key}
                    className="grid-cell"
                    role="gridcell"
                    aria-colindex={place + 1}
                    tabIndex={here ? 0 : -1}
                    data-place={`${item.index}:${place}`}
                    data-first={place === 0 || undefined}
                    data-end={column.end || undefined}
                    data-editing={edited || undefined}
                    style={{ width: column.width }}
                    onFocus={() => setAt({ row: item.index, column: place })}
                    onDoubleClick={() => act({ row: item.index, column: place })}
                  >
                    {!row && <Bone width={`${40 + ((item.index * 7 + place * 13) % 40)}%`} height={9} />}
                    {row && (edited && column.editor ? column.editor(row, close) : column.cell(row))}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
      <Totals columns={columns} rows={count} />
    </div>
  );
}

function Totals<Row>({ columns, rows }: { columns: readonly Column<Row>[]; rows: number }) {
  if (!columns.some((column) => column.total)) return null;
  return (
    <div className="grid-foot" role="row" aria-rowindex={rows + 2}>
      {columns.map((column, place) => (
        <div
          key={column.key}
          className="grid-cell num"
          role="gridcell"
          aria-colindex={place + 1}
          data-first={place === 0 || undefined}
          data-end={column.end || undefined}
          style={{ width: column.width }}
        >
          {column.total}
        </div>
      ))}
    </div>
  );
}
