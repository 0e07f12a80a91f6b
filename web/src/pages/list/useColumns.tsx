import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChange } from '@/app/listSearch';
import { useSettings } from '@/lib/useSettings';
import { figure, type Figures, type Sort } from '@/meta/compose';
import { kindOf } from '@/meta/kinds';
import { TotalCell } from '@/meta/kinds/SaidCell';
import { heading, titleField, type EntityType, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Badge } from '@/ui/Badge';
import type { Column } from '@/ui/grid/Grid';
import { InlineEditor } from './InlineEditor';
import type { Asked } from './useAsked';
import type { Selection } from './useSelection';
import { useWidths } from './useWidths';

const NAME_WIDTH = 264;
const [A_LETTER, WIDEST_TITLE] = [7, 190];

/** The columns of a list: the record's name, then the chosen fields, each with its total. */
export function useColumns(asked: Asked, figures: Figures | undefined, change: (part: ListChange) => void, selection?: Selection): Column<Row>[] {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { type, fields, sort } = asked;
  const [widths, setWidth] = useWidths(type);
  return useMemo(() => {
    const sorting = (field: Field | undefined) => {
      if (!field || !kindOf(field).sortable) return {};
      return { sorted: sortedBy(field, sort, type), onSort: () => change({ sort: turned(field, sort, type) }) };
    };
    const sized = (key: string, width: number, field: string) => ({
      width: widths[key] ?? width,
      onWidth: (next: number) => setWidth(key, next),
      widthName: t('list:width', { field }),
    });
    const name: Column<Row> = {
      key: 'name',
      title: heading(type.label, language),
      ...sized('name', NAME_WIDTH, heading(type.label, language)),
      ...sorting(titleField(type)),
      cell: (row) => <Name row={row} selection={selection} />,
      total: t('list:total'),
    };
    const others = fields.map((field) => {
      const title = heading(field, language);
      return { ...columnOf(field, type, title, figure(figures, field)), ...sorting(field), ...sized(field.name, widthOf(field, title), title) };
    });
    return [name, ...others];
  }, [type, fields, sort, figures, language, change, t, widths, setWidth, selection]);
}

/** As wide as its kind needs, and its title as far as that is not too long; the sign of the order has room. */
const widthOf = (field: Field, title: string): number => Math.max(kindOf(field).width, Math.min(title.length * A_LETTER + 42, WIDEST_TITLE));

function columnOf(field: Field, type: EntityType, title: string, total: unknown): Column<Row> {
  const { Cell, width, end } = kindOf(field);
  const column: Column<Row> = {
    key: field.name,
    title,
    width,
    end: end ?? false,
    cell: (row) => <Cell value={row[field.name]} field={field} />,
    total: total === null ? null : <TotalCell value={total} field={field} />,
  };
  if (field.readOnly) return column;
  return { ...column, editor: (row, close) => <InlineEditor type={type} field={field} row={row} close={close} /> };
}

function Name({ row, selection }: { row: Row; selection: Selection | undefined }) {
  return (
    <span className="grid-name">
      {selection ? (
        <span className="grid-mark">
          <Badge text={row.displayName} seed={row.id} />
          <Mark row={row} selection={selection} />
        </span>
      ) : (
        <Badge text={row.displayName} seed={row.id} />
      )}
      <Link to="/r/$id" params={{ id: row.id }} className="cut" dir="auto" tabIndex={-1}>
        {row.displayName}
      </Link>
    </span>
  );
}

/** Chooses the row by pointer; by keyboard Space does so anywhere in it. */
function Mark({ row, selection }: { row: Row; selection: Selection }) {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={t('list:bulk.pick', { name: row.displayName })}
      checked={selection.has(row)}
      onChange={() => undefined}
      onClick={(event) => selection.pickRow(row, event.shiftKey)}
    />
  );
}

function inForce(sort: Sort | undefined, type: EntityType): { field: string; direction: string } | undefined {
  return sort ?? type.order[0];
}

function sortedBy(field: Field, sort: Sort | undefined, type: EntityType): 'ascending' | 'descending' | 'none' {
  const now = inForce(sort, type);
  if (now?.field !== field.name) return 'none';
  return now.direction.toUpperCase() === 'DESC' ? 'descending' : 'ascending';
}

function turned(field: Field, sort: Sort | undefined, type: EntityType): Sort {
  return { field: field.name, direction: sortedBy(field, sort, type) === 'ascending' ? 'DESC' : 'ASC' };
}
