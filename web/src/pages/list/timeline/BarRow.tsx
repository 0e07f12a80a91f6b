import { Link } from '@tanstack/react-router';
import { useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { isRightToLeft, type Calendar } from '@/lib/settings';
import { pressed } from '@/lib/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Badge } from '@/ui/Badge';
import { useTint } from '../useTint';
import { dayIn, later } from './days';
import { barOf, daysBetween, type Stretch } from './scale';
import { usePull } from './usePull';

interface Props {
  row: Row;
  top: number;
  start: Field;
  end: Field | undefined;
  stretch: Stretch;
  zone: string;
  calendar: Calendar;
  tint: Field | undefined;
  /** The id of what says how a bar is moved. */
  how: string;
  move: (row: Row, data: Record<string, unknown>) => void;
}

/** A record and its bar, which is moved in time by a pull, or day by day with Shift and the arrow keys. */
export function BarRow({ row, top, start, end, stretch, zone, calendar, tint, how, move }: Props) {
  const format = useFormat();
  const mirrored = isRightToLeft(useSettings().language);
  const { hue, words } = useTint(row, tint);
  const track = useRef<HTMLDivElement>(null);
  const first = dayIn(row[start.name], start, zone, calendar);
  const last = end ? dayIn(row[end.name], end, zone, calendar) : null;

  function shift(days: number): void {
    if (!days) return;
    const data: Record<string, unknown> = { [start.name]: later(row[start.name], start, days, zone) };
    if (end && row[end.name]) data[end.name] = later(row[end.name], end, days, zone);
    move(row, data);
  }

  const movable = !start.readOnly && !end?.readOnly;
  const way = mirrored ? -1 : 1;
  const pull = usePull({
    enabled: movable,
    dropped: (pixels) => {
      const width = track.current?.clientWidth ?? 1;
      shift(Math.round(((pixels * way) / width) * daysBetween(stretch.from, stretch.to)));
    },
  });

  function onKeyDown(event: KeyboardEvent): void {
    const step = pressed(event, 'timeline.later') ? way : pressed(event, 'timeline.earlier') ? -way : 0;
    if (!step || !movable) return;
    event.preventDefault();
    shift(step);
  }

  if (!first) return null;
  const bar = barOf(first, last, stretch);
  const when = [row[start.name], end && row[end.name]].filter(Boolean).map((value) => format.day(String(value))).join(' – ');
  const look = { '--hue': hue, insetInlineStart: `${bar.start * 100}%`, width: `${bar.size * 100}%`, translate: `${pull.by}px 0` } as CSSProperties;
  return (
    <li className="timeline-row" style={{ transform: `translateY(${top}px)` }}>
      <span className="timeline-name">
        <Badge text={row.displayName} seed={row.id} size={22} />
        <Link to="/r/$id" params={{ id: row.id }} className="cut" dir="auto">{row.displayName}</Link>
      </span>
      <div ref={track} className="timeline-track">
        <button
          type="button"
          className="timeline-bar"
          data-point={!last || undefined}
          data-before={bar.cutBefore || undefined}
          data-after={bar.cutAfter || undefined}
          data-pulled={pull.by !== 0 || undefined}
          style={look}
          title={`${when}${words ? ` · ${words}` : ''}`}
          aria-label={`${row.displayName}, ${when}${words ? `, ${words}` : ''}`}
          aria-describedby={movable ? how : undefined}
          onKeyDown={onKeyDown}
          {...pull.on}
        />
        <span className="timeline-when num" style={{ insetInlineStart: `max(${(bar.start + bar.size) * 100}%, ${bar.start * 100}% + 10px)` }}>{bar.start + bar.size < 0.8 && <bdi>{when}</bdi>}</span>
      </div>
    </li>
  );
}
