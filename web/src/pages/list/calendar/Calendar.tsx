import { DndContext, DragOverlay } from '@dnd-kit/core';
import { useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { dayOf, isoOf, todayIn } from '@/lib/calendar';
import { calendarOf, zoneOf } from '@/lib/settings';
import { useNarrow } from '@/lib/useNarrow';
import { useFormat, useSettings } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { under, useCarrying } from '../carrying';
import { letGo } from '../landing';
import { layoutField } from '../layouts';
import { TimeHead } from '../TimeHead';
import { rowOf, useAnnouncements } from '../useAnnouncements';
import { tintField } from '../useTint';
import type { ViewProps } from '../view';
import { Agenda } from './Agenda';
import { ChipFace } from './Chip';
import { Day } from './Day';
import { daysOf, isInMonth, SCALES, stepped, type Scale } from './spans';
import { useCalendar } from './useCalendar';
import './calendar.css';

const MOST: Record<Scale, number> = { month: 3, week: 40, agenda: 40 };

/** The records of a list on the days of a field, in the reader's calendar; one that is pulled to another day has that day. */
export default function Calendar(props: ViewProps) {
  const by = layoutField(props.asked.type, 'calendar', props.search);
  return by ? <By key={by.name} {...props} by={by} /> : null;
}

function By({ asked, search, change, by }: ViewProps & { by: Field }) {
  const settings = useSettings();
  const format = useFormat();
  const narrow = useNarrow();
  const calendar = calendarOf(settings);
  const today = todayIn(calendar, zoneOf(settings));
  const shown = search.day ? dayOf(search.day, calendar) : today;
  const scale = SCALES.find((each) => each === search.scale) ?? (narrow ? 'agenda' : 'month');
  const days = useMemo(() => daysOf(shown, scale, format.tag), [shown.toString(), scale, format.tag]);
  const { shelves, error, again, drop } = useCalendar(asked, by, days.map(isoOf), MOST[scale]);
  const tint = tintField(asked.type);
  const strip = narrow && scale === 'week'; // a phone has no room for names beside each other: they stand below
  const listed = strip || scale === 'agenda';
  const open = (day: string) => change({ day, scale: 'agenda' });
  const month = new Intl.DateTimeFormat(format.tag, { month: 'long', timeZone: 'UTC' });

  const head = (
    <TimeHead
      title={`${month.format(shown.toDate('UTC'))} ${format.plain(shown.year)}`}
      scales={SCALES}
      scale={scale}
      choose={(next) => change({ scale: next })}
      go={(way) => change({ day: way ? isoOf(stepped(shown, scale, way)) : undefined })}
    />
  );
  if (error) return <div className="list-fault"><Fault error={error} again={() => void again()} /></div>;
  return (
    <div className="calendar">
      {head}
      {scale !== 'agenda' && (
        <Carried by={by} drop={drop}>
          <WeekDays days={days.slice(0, 7)} tag={format.tag} />
          <div className="days" data-scale={scale}>
            {days.map((day) => (
              <Day
                key={isoOf(day)}
                day={isoOf(day)}
                number={day.day}
                shelf={shelves?.[isoOf(day)]}
                coming={!shelves}
                by={by}
                tint={tint}
                most={narrow ? 0 : MOST[scale]}
                isToday={day.compare(today) === 0}
                isOutside={scale === 'month' && !isInMonth(day, shown)}
                open={open}
              />
            ))}
          </div>
        </Carried>
      )}
      {listed && shelves && <Agenda days={days} shelves={shelves} by={by} tint={tint} fields={asked.fields} />}
      {listed && !shelves && <div className="view-coming"><Bone height="60%" /></div>}
    </div>
  );
}

function WeekDays({ days, tag }: { days: readonly { toDate: (zone: string) => Date; toString: () => string }[]; tag: string }) {
  const name = new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' });
  return (
    <div className="weekdays" aria-hidden="true">
      {days.map((day) => <span key={day.toString()}>{name.format(day.toDate('UTC'))}</span>)}
    </div>
  );
}

/** What can be pulled from day to day. */
function Carried({ by, drop, children }: { by: Field; drop: (row: Row, day: string) => void; children: React.ReactNode }) {
  const format = useFormat();
  const [lifted, setLifted] = useState<Row | null>(null);
  return (
    <DndContext
      sensors={useCarrying()}
      collisionDetection={under}
      accessibility={useAnnouncements((day) => format.day(day, 'long'))}
      onDragStart={({ active }) => setLifted(rowOf(active))}
      onDragEnd={(event) => {
        letGo(event);
        setLifted(null);
        if (lifted && event.over) drop(lifted, String(event.over.id));
      }}
      onDragCancel={() => setLifted(null)}
    >
      {children}
      {createPortal(
        <DragOverlay dropAnimation={null}>{lifted && <div className="chip chip-hand"><ChipFace row={lifted} by={by} /></div>}</DragOverlay>,
        document.body,
      )}
    </DndContext>
  );
}
