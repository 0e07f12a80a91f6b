import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '@/lib/calendar';
import { calendarOf, isRightToLeft } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { figure } from '@/meta/compose';
import { kindOf } from '@/meta/kinds';
import { TotalCell } from '@/meta/kinds/SaidCell';
import { heading, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { Grid, type Column } from '@/ui/grid/Grid';
import { inTurn } from '@/ui/grid/lines';
import type { Group } from './groups';
import { isMoment } from './layouts';
import type { TableProps } from './Table';
import { useColumns } from './useColumns';
import { useGroups, type Line } from './useGroups';

const COMING = 12;

/** The records of a list in groups, each with its count and its figures; figures over all stand at the foot. */
export function Grouped({ asked, totals, change, choose, by }: TableProps & { by: Field }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const go = useNavigate();
  const { lines, found, toggle, grow } = useGroups(asked, by);
  const columns = useColumns(asked, totals.figures, change, choose);
  const shown = useMemo(() => inTurn(lines, found.isPending ? COMING : 0, () => undefined), [lines, found.isPending]);
  if (found.error) return <div className="list-fault"><Fault error={found.error} again={() => void found.refetch()} /></div>;

  function open({ id, group, row, more }: Line): void {
    if (group) toggle(id);
    else if (more) grow(more);
    else if (row) void go({ to: '/r/$id', params: { id: row.id } });
  }

  function grouped(column: Column<Row>, place: number): Column<Line> {
    const { cell, editor, ...rest } = column;
    const field = asked.fields.find((each) => each.name === column.key);
    return {
      ...rest,
      cell: (line) => {
        if (line.isComing) return <Bone width="60%" height={9} />;
        if (line.row) return cell(line.row);
        if (line.group) return place === 0 ? <GroupName line={line} group={line.group} by={by} toggle={toggle} /> : field && <GroupFigure group={line.group} field={field} />;
        return place === 0 && <button type="button" className="group-more" tabIndex={-1} onClick={() => open(line)}>{t('list:more')}</button>;
      },
      ...(editor ? { editor: (line: Line, close: () => void) => line.row && editor(line.row, close) } : {}),
    };
  }

  return (
    <Grid
      name={heading(asked.type.labels, language)}
      columns={columns.map(grouped)}
      lines={shown}
      count={lines.length}
      keyOf={(line) => line.id}
      onOpen={open}
      editable={(line) => Boolean(line.row)}
    />
  );
}

interface NameProps {
  line: Line;
  group: Group;
  by: Field;
  toggle: (id: string) => void;
}

function GroupName({ line, group, by, toggle }: NameProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const settings = useSettings();
  const Shut = isRightToLeft(settings.language) ? IconChevronLeft : IconChevronRight;
  const Sign = line.isOpen ? IconChevronDown : Shut;
  const { Cell } = kindOf(by);
  const [{ value, from }] = group.keys;
  const name = new Intl.DateTimeFormat(format.tag, { month: 'long', timeZone: 'UTC' });
  const nameOfMonth = (iso: string): string => `${name.format(new Date(`${iso}T00:00:00Z`))} ${format.plain(dayOf(iso, calendarOf(settings)).year)}`;
  const shown = by.isList ? [value] : by.kind === 'boolean' ? value === true || value === 'true' : value;
  return (
    <button type="button" className="group-name" tabIndex={-1} aria-expanded={line.isOpen ?? false} onClick={() => toggle(line.id)}>
      <Sign size={16} aria-hidden="true" />
      {value === null && <span className="muted">{t('list:group.without')}</span>}
      {value !== null && (isMoment(by) && from ? <bdi>{nameOfMonth(from)}</bdi> : <Cell value={shown} field={by} />)}
      <small className="num">{format.number(group.count)}</small>
    </button>
  );
}

function GroupFigure({ group, field }: { group: Group; field: Field }) {
  const value = figure(group.aggregate, field);
  return value === null ? null : <b className="group-figure"><TotalCell value={value} field={field} /></b>;
}
