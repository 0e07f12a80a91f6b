import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useKey } from '@/lib/useKey';
import { usePrinting } from '@/lib/usePrinting';
import { useSettings } from '@/lib/useSettings';
import { GridRow } from './GridRow';
import { Head } from './Head';
import type { Lines } from './lines';
import { PrintTable } from './PrintTable';
import { useColumnMoves } from './useColumnMoves';
import { useGridKeys, type Place } from './useGridKeys';
import { useSpan } from './useSpan';
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
  /** Where it can be put elsewhere, counted from 0; answers with what is said of it. */
  onMove?: (to: number) => string;
  cell: (row: Row) => ReactNode;
  /** What takes the cell's place while it is edited. */
  editor?: (row: Row, close: () => void) => ReactNode;
  total?: ReactNode;
}

interface Props<Row> {
  name: string;
  columns: readonly Column<Row>[];
  lines: Lines<Row>;
  /** Rows of the whole list, for screen readers; -1 while it is not known. */
  count: number;
  keyOf: (row: Row) => string;
  onOpen: (row: Row) => void;
  /** Rows that can be edited; all when left out. */
  editable?: (row: Row) => boolean;
  picking?: Picking<Row> | undefined;
  /** Where rows show beside the table what is in them: which one is shown. One press opens a row then. */
  shown?: (row: Row) => boolean;
  /** The row at the top when it is shown first, and who is told when another one is there. */
  from?: number | undefined;
  onTop?: ((row: number) => void) | undefined;
}

/** How rows are chosen, where they can be. */
export interface Picking<Row> {
  has: (row: Row) => boolean;
  pick: (index: number, extend: boolean) => void;
  all: () => void;
}

const HEIGHT = { comfortable: 40, compact: 32 } as const;
const HEAD = 34;
const FOOT = 36;
const BESIDE = 12;

/** A table of any length: only the rows in view are in the page; arrow keys walk, Enter edits or opens. */
export function Grid<Row>({ name, columns, lines, count, keyOf, onOpen, editable, picking, shown, from, onTop }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const { density } = useSettings();
  const [editing, setEditing] = useState<Place | null>(null);
  const foot = columns.some((column) => column.total) ? FOOT : 0;
  const { length, onSpan } = lines;
  const span = useSpan({ box, rows: length, height: HEIGHT[density], head: HEAD, foot, beside: BESIDE, from, list: lines.id });
  const { first, last, at: top, show } = span;
  useEffect(() => onSpan(first, last), [first, last, onSpan]);
  useEffect(() => onTop?.(top), [top, onTop]);

  // who types faster than the page is drawn is not called back from an editor to its cell
  const coming = useRef(0);
  const focusCell = useCallback((place: Place) => {
    cancelAnimationFrame(coming.current);
    coming.current = requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-place="${place.row}:${place.column}"]`)?.focus({ preventScroll: true });
    });
  }, []);
  const goTo = useCallback(
    (place: Place) => {
      show(place.row);
      focusCell(place);
    },
    [show, focusCell],
  );
  const act = useCallback(
    (place: Place) => {
      const row = lines.at(place.row);
      if (!row) return;
      cancelAnimationFrame(coming.current);
      if (columns[place.column]?.editor && (editable?.(row) ?? true)) setEditing(place);
      else onOpen(row);
    },
    [lines, columns, onOpen, editable],
  );
  // rows are drawn anew for what is in them, not for what could be done with them
  const acts = useRef(act);
  acts.current = act;
  const actOn = useCallback((place: Place) => acts.current(place), []);
  const { at, setAt, onKeyDown } = useGridKeys({ rows: length, columns: columns.length, goTo, act, pick: picking?.pick, pickAll: picking?.all });
  const moves = useColumnMoves(columns);
  // from outside the table the first step leads into it
  const [inside, setInside] = useState(false);
  const stop = inside || (at.row >= first && at.row <= last) ? at : { row: top, column: at.column };
  const enter = () => focusCell(stop);
  useKey('list.next', enter);
  useKey('list.previous', enter);
  const close = useCallback(() => {
    if (editing) focusCell(editing);
    setEditing(null);
  }, [editing, focusCell]);

  if (usePrinting()) return <PrintTable name={name} columns={columns} rows={printed(lines)} count={count} keyOf={keyOf} />;
  return (
    <>
      <div
        ref={box}
        className="grid"
        role="grid"
        aria-label={name}
        aria-rowcount={count < 0 ? -1 : count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={picking ? true : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => setInside(true)}
        onBlur={({ currentTarget, relatedTarget }) => setInside(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))}
      >
        <div className="grid-head" role="row" aria-rowindex={1}>
          {columns.map((column, place) => (
            <Head key={column.key} column={column} place={place} moves={moves} />
          ))}
        </div>
        <div className="grid-rows" role="rowgroup" style={{ height: span.drawn }}>
          {kept(first, last, inside ? [at.row, editing?.row] : [], length).map((place) => {
            const away = place < first || place > last;
            const row = lines.at(place);
            return (
              <GridRow
                key={place}
                place={place}
                top={away ? null : span.topOf(place)}
                row={row}
                rowKey={row ? keyOf(row) : ''}
                columns={columns}
                focused={stop.row === place ? stop.column : -1}
                edited={editing?.row === place ? editing.column : -1}
                selected={row ? (picking?.has ?? shown)?.(row) : undefined}
                atOnce={shown !== undefined}
                onFocus={setAt}
                act={actOn}
                close={close}
              />
            );
          })}
        </div>
        <Totals columns={columns} rows={count} />
      </div>
      <span className="hidden-words" role="status">{moves.said}</span>
    </>
  );
}

/** The rows in view, and those that hold the focus or are edited, so that neither is lost by scrolling. */
function kept(first: number, last: number, also: readonly (number | undefined)[], length: number): number[] {
  const places = new Set<number>();
  for (let place = first; place <= last; place++) places.add(place);
  for (const place of also) if (place !== undefined && place < length) places.add(place);
  return [...places].sort((a, b) => a - b);
}

/** More than these nobody reads on paper. */
const MOST_PRINTED = 1000;

function printed<Row>(lines: Lines<Row>): Row[] {
  const places = Array.from({ length: Math.min(lines.length, MOST_PRINTED) }, (_, place) => lines.at(place));
  return places.filter((row): row is Row & object => Boolean(row));
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
