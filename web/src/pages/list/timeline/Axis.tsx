import type { CalendarDate } from '@internationalized/date';
import { formatOf } from '@/lib/format';
import { useSettings } from '@/lib/useSettings';
import { along, type Stretch, type Zoom } from './scale';

/** What is written above each part; the year or month only where it begins. */
function wordsOf(tick: CalendarDate, before: CalendarDate | undefined, zoom: Zoom, tag: string, plain: (value: number) => string): [string, string] {
  const month = new Intl.DateTimeFormat(tag, { month: zoom === 'day' ? 'long' : 'short', timeZone: 'UTC' }).format(tick.toDate('UTC'));
  const isNewMonth = before?.month !== tick.month;
  const year = before?.year === tick.year ? '' : plain(tick.year);
  if (zoom === 'day') return [isNewMonth ? `${month} ${year}` : '', plain(tick.day)];
  if (zoom === 'week') return [isNewMonth ? `${month} ${year}` : '', plain(tick.day)];
  return [year, month];
}

export function Axis({ stretch, zoom, tag }: { stretch: Stretch; zoom: Zoom; tag: string }) {
  const { plain } = formatOf(useSettings());
  return (
    <div className="timeline-axis" aria-hidden="true">
      <span className="timeline-corner" />
      <div>
        {stretch.ticks.map((tick, place) => {
          const [above, below] = wordsOf(tick, stretch.ticks[place - 1], zoom, tag, plain);
          return (
            <span key={tick.toString()} className="num" style={{ insetInlineStart: `${along(tick, stretch) * 100}%` }}>
              <small>{above}</small>
              {below}
            </span>
          );
        })}
      </div>
    </div>
  );
}
