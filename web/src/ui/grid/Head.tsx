import { IconArrowNarrowDown, IconArrowNarrowUp } from '@tabler/icons-react';
import { Edge } from './Edge';
import type { Column } from './Grid';
import type { Carried, useColumnMoves } from './useColumnMoves';

interface Props<Row> {
  column: Column<Row>;
  place: number;
  moves: ReturnType<typeof useColumnMoves>;
}

/** The head of a column: sorts by it, widens it by its edge, and carries it to another place. */
export function Head<Row>({ column, place, moves }: Props<Row>) {
  const { sorted = 'none', onSort } = column;
  const Arrow = sorted === 'ascending' ? IconArrowNarrowUp : IconArrowNarrowDown;
  return (
    <div
      className="grid-cell"
      role="columnheader"
      aria-colindex={place + 1}
      aria-sort={onSort ? sorted : undefined}
      data-first={place === 0 || undefined}
      data-end={column.end || undefined}
      data-carried={moves.carried?.from === place || undefined}
      data-over={sideOf(moves.carried, place)}
      style={{ width: column.width }}
      {...(column.onMove && {
        onKeyDown: (event) => moves.onKeyDown(event, place),
        onPointerDown: (event) => moves.onPointerDown(event, place),
        onPointerMove: moves.onPointerMove,
        onPointerUp: () => moves.end(true),
        onPointerCancel: () => moves.end(false),
      })}
    >
      {onSort ? (
        <button type="button" onClick={onSort}>
          <span className="cut">{column.title}</span>
          {sorted !== 'none' && <Arrow size={14} aria-hidden="true" />}
        </button>
      ) : (
        <span className="cut">{column.title}</span>
      )}
      {column.onWidth && <Edge width={column.width} name={column.widthName ?? column.title} change={column.onWidth} />}
    </div>
  );
}

/** On which side of this head a carried column would be put. */
function sideOf(carried: Carried | null, place: number): 'before' | 'after' | undefined {
  if (!carried || carried.over !== place || carried.from === place) return undefined;
  return carried.from < place ? 'after' : 'before';
}
