import { IconArrowNarrowDown, IconArrowNarrowUp } from '@tabler/icons-react';
import { Edge } from './Edge';
import type { Column } from './Grid';

/** The head of a column: sorts by it, and widens it by its edge. */
export function Head<Row>({ column, place }: { column: Column<Row>; place: number }) {
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
      style={{ width: column.width }}
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
