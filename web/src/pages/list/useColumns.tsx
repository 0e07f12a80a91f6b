import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChange } from '@/app/listSearch';
import type { Language } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { figure, type Figures, type Sort } from '@/meta/compose';
import { kindOf } from '@/meta/kinds';
import { TotalCell } from '@/meta/kinds/SaidCell';
import { choiceLabel, heading, titleField, type EntityType, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Badge } from '@/ui/Badge';
import type { Column } from '@/ui/grid/Grid';
import { InlineEditor } from './InlineEditor';
import type { Asked } from './useAsked';
import type { Selection } from './useSelection';
import { useWidths } from './useWidths';

const NAME_WIDTH = 264;
const [A_LETTER, WIDEST_COLUMN] = [7, 200];
/** What stands beside the words: the sign of the order and the paddings; those of a pill with its dot. */
const [BESIDE_TITLE, BESIDE_CHOICE] = [42, 56];

/** The columns of a list: the record's name, then the chosen fields, each with its total. */
export function useColumns(asked: Asked, figures: Figures | undefined, change: (part: ListChange) => void, choose: (names: string[]) => void, selection?: Selection): Column<Row>[] {
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
    const moving = (from: number, field: string) => (to: number) => {
      const names = fields.map((each) => each.name);
      names.splice(to - 1, 0, ...names.splice(from - 1, 1));
      choose(names);
      return t('list:moved', { field, place: to + 1, all: fields.length + 1 });
    };
    const name: Column<Row> = {
      key: 'name',
      title: heading(type.label, language),
      ...sized('name', NAME_WIDTH, heading(type.label, language)),
      ...sorting(titleField(type)),
      cell: (row) => <Name row={row} selection={selection} />,
      total: t('list:total'),
    };
    const others = fields.map((field, index) => {
      const title = heading(field, language);
      return { onMove: moving(index + 1, title), ...columnOf(field, type, title, figure(figures, field)), ...sorting(field), ...sized(field.name, widthOf(field, title, language), title) };
    });
    return [name, ...others];
  }, [type, fields, sort, figures, language, change, choose, t, widths, setWidth, selection]);
}

/** As wide as its kind needs, its title and its choices as far as those are not too long; the sign of the order has room. */
function widthOf(field: Field, title: string, language: Language): number {
  const choices = (field.options.choices ?? []).map((choice) => choiceLabel(choice, language).length * A_LETTER + BESIDE_CHOICE);
  return Math.max(kindOf(field).width, Math.min(Math.max(title.length * A_LETTER + BESIDE_TITLE, ...choices), WIDEST_COLUMN));
}

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
