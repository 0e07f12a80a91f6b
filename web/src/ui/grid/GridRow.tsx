import { Fragment, memo, type ReactNode } from 'react';
import { Bone } from '@/ui/Bones';
import type { Column } from './Grid';
import type { Place } from './useGridKeys';

interface Props<Row> {
  place: number;
  /** Null for a row that is out of sight and only holds the focus. */
  top: number | null;
  row: Row | null | undefined;
  rowKey: string;
  columns: readonly Column<Row>[];
  /** The columns of the cell that has the focus and of the one that is edited; -1 when they are elsewhere. */
  focused: number;
  edited: number;
  selected: boolean | undefined;
  /** Whether one press acts; else it takes two, and one only moves the focus. */
  atOnce: boolean;
  onFocus: (place: Place) => void;
  act: (place: Place) => void;
  close: () => void;
}

function GridRowOf<Row>({ place, top, row, rowKey, columns, focused, edited, selected, atOnce, onFocus, act, close }: Props<Row>) {
  return (
    <div className="grid-row" role="row" aria-rowindex={place + 2} aria-selected={selected} data-away={top === null || undefined} data-at-once={atOnce || undefined} style={{ transform: `translateY(${top ?? 0}px)` }}>
      {columns.map((column, index) => (
        <div
          key={column.key}
          className="grid-cell"
          role="gridcell"
          aria-colindex={index + 1}
          tabIndex={focused === index ? 0 : -1}
          data-place={`${place}:${index}`}
          data-first={index === 0 || undefined}
          data-end={column.end || undefined}
          data-editing={edited === index || undefined}
          style={{ width: column.width }}
          onFocus={() => onFocus({ row: place, column: index })}
          {...{ [atOnce ? 'onClick' : 'onDoubleClick']: () => act({ row: place, column: index }) }}
        >
          {row === undefined && top !== null && <Bone width={`${40 + ((place * 7 + index * 13) % 40)}%`} height={9} />}
          {row && <Fragment key={rowKey}>{inside(column, row, edited === index, close)}</Fragment>}
        </div>
      ))}
    </div>
  );
}

function inside<Row>(column: Column<Row>, row: Row, edited: boolean, close: () => void): ReactNode {
  return edited && column.editor ? column.editor(row, close) : column.cell(row);
}

/** One row of a grid, drawn anew only when something of it has changed. */
export const GridRow = memo(GridRowOf) as typeof GridRowOf;
