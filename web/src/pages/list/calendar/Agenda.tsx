import type { CalendarDate } from '@internationalized/date';
import { IconCalendarOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isoOf } from '@/lib/calendar';
import { useFormat } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import type { Shelves } from '@/meta/shelves';
import { EmptyState } from '@/ui/EmptyState';
import { CardFacts } from '../CardFacts';
import { useTint } from '../useTint';
import { ChipFace } from './Chip';

interface Props {
  days: readonly CalendarDate[];
  shelves: Shelves;
  by: Field;
  tint: Field | undefined;
  fields: readonly Field[];
}

/** The days that have records, one under the other. */
export function Agenda({ days, shelves, by, tint, fields }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const weekday = new Intl.DateTimeFormat(format.tag, { weekday: 'long', timeZone: 'UTC' });
  const filled = days.filter((day) => shelves[isoOf(day)]?.count);
  if (!filled.length) return <EmptyState icon={IconCalendarOff} title={t('list:calendar.none')}>{t('list:calendar.noneSays')}</EmptyState>;
  return (
    <div className="agenda">
      {filled.map((day) => {
        const shelf = shelves[isoOf(day)];
        const rest = (shelf?.count ?? 0) - (shelf?.nodes.length ?? 0);
        return (
          <section key={isoOf(day)} aria-label={format.day(isoOf(day), 'long')}>
            <h3>
              <b className="num">{format.plain(day.day)}</b>
              <span>{weekday.format(day.toDate('UTC'))}</span>
              <small className="muted num">{format.day(isoOf(day))}</small>
            </h3>
            <ul>
              {shelf?.nodes.map((row) => <Line key={row.id} row={row} by={by} tint={tint} fields={fields} />)}
              {rest > 0 && <li className="muted num">{t('list:calendar.rest', { count: rest, number: format.number(rest) })}</li>}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Line({ row, by, tint, fields }: { row: Row; by: Field; tint: Field | undefined; fields: readonly Field[] }) {
  const { hue } = useTint(row, tint);
  return (
    <li>
      <Link to="/r/$id" params={{ id: row.id }} style={{ borderInlineStartColor: hue }}>
        <span className="agenda-name"><ChipFace row={row} by={by} /></span>
        <CardFacts row={row} fields={fields} without={by} />
      </Link>
    </li>
  );
}
