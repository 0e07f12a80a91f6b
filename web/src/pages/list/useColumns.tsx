import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChange } from '@/app/listSearch';
import { useSettings } from '@/lib/useSettings';
import { figure, type Figures, type Sort } from '@/meta/compose';
import { kindOf } from '@/meta/kinds';
import { heading, titleField, type EntityType, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Badge } from '@/ui/Badge';
import type { Column } from '@/ui/grid/Grid';
import { InlineEditor } from './InlineEditor';
import type { Asked } from './useAsked';

const NAME_WIDTH = 264;

/** The columns of a list: the record's name, then the chosen fields, each with its total. */
export function useColumns(asked: Asked, figures: Figures | undefined, change: (part: ListChange) => void): Column<Row>[] {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { type, fields, sort } = asked;
  return useMemo(() => {
    const sorting = (field: Field | undefined) => {
      if (!field || !kindOf(field).sortable) return {};
      return { sorted: sortedBy(field, sort, type), onSort: () => change({ sort: turned(field, sort, type) }) };
    };
    const name: Column<Row> = {
      key: 'name',
      title: heading(type.label, language),
      width: NAME_WIDTH,
      ...sorting(titleField(type)),
      cell: (row) => <Name row={row} />,
      total: t('list:total'),
    };
    return [name, ...fields.map((field) => ({ ...columnOf(field, type, heading(field, language), figure(figures, field)), ...sorting(field) }))];
  }, [type, fields, sort, figures, language, change, t]);
}

function columnOf(field: Field, type: EntityType, title: string, total: unknown): Column<Row> {
  const { Cell, width, end } = kindOf(field);
  const column: Column<Row> = {
    key: field.name,
    title,
    width,
    end: end ?? false,
    cell: (row) => <Cell value={row[field.name]} field={field} />,
    total: total === null ? null : <Cell value={total} field={field} />,
  };
  if (field.readOnly) return column;
  return { ...column, editor: (row, close) => <InlineEditor type={type} field={field} row={row} close={close} /> };
}

function Name({ row }: { row: Row }) {
  return (
    <span className="grid-name">
      <Badge text={row.displayName} seed={row.id} />
      <Link to="/r/$id" params={{ id: row.id }} className="cut" dir="auto" tabIndex={-1}>
        {row.displayName}
      </Link>
    </span>
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
