import { useVirtualizer } from '@tanstack/react-virtual';
import { IconTimeline } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, isoOf, todayIn } from '@/lib/calendar';
import { calendarOf, zoneOf } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { endField, layoutField } from '../layouts';
import { TimeHead } from '../TimeHead';
import { tintField } from '../useTint';
import type { ViewProps } from '../view';
import { Axis } from './Axis';
import { BarRow } from './BarRow';
import { along, shifted, stretchOf, ZOOMS } from './scale';
import { useSpans } from './useSpans';
import './timeline.css';

const ROW = 40;
const NEAR = 20;

/** The records of a list as bars from one date to another, or as points, on a line that runs the way people read. */
export default function TimeLine(props: ViewProps) {
  const start = layoutField(props.asked.type, 'timeline', props.search);
  return start ? <From key={start.name} {...props} start={start} /> : null;
}

function From({ asked, search, change, start }: ViewProps & { start: Field }) {
  const how = useId();
  const { t } = useTranslation();
  const settings = useSettings();
  const format = useFormat();
  const calendar = calendarOf(settings);
  const today = todayIn(calendar, zoneOf(settings));
  const zoom = ZOOMS.find((each) => each === search.scale) ?? 'month';
  const shown = (search.day ? dayOf(search.day, calendar) : today).toString();
  const stretch = useMemo(() => stretchOf(search.day ? dayOf(search.day, calendar) : today, zoom, format.tag), [shown, zoom, format.tag]);
  const end = endField(asked.type, start, search);
  const { rows, zone, found, move } = useSpans(asked, start, end, stretch);
  const tint = tintField(asked.type);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 12 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last > rows.length - NEAR) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const now = along(today, stretch);
  return (
    <div className="timeline">
      <TimeHead
        title={`${format.day(isoOf(stretch.from))} – ${format.day(isoOf(stretch.to.subtract({ days: 1 })))}`}
        scales={ZOOMS}
        scale={zoom}
        choose={(scale) => change({ scale })}
        go={(way) => change({ day: way ? isoOf(shifted(search.day ? dayOf(search.day, calendar) : today, zoom, way)) : undefined })}
      />
      {found.error && <div className="list-fault"><Fault error={found.error} again={() => void found.refetch()} /></div>}
      {found.isPending && <div className="view-coming"><Bone height="60%" /></div>}
      {found.isSuccess && !rows.length && <EmptyState icon={IconTimeline} title={t('list:timeline.none')}>{t('list:timeline.noneSays')}</EmptyState>}
      {rows.length > 0 && (
        <div ref={box} className="timeline-box" role="region" aria-label={t('list:view.timeline')} tabIndex={0}>
          <Axis stretch={stretch} zoom={zoom} tag={format.tag} />
          <div className="timeline-rows" style={{ height: virtual.getTotalSize() }}>
            <div className="timeline-lines" aria-hidden="true">
              {stretch.ticks.map((tick) => <i key={tick.toString()} style={{ insetInlineStart: `${along(tick, stretch) * 100}%` }} />)}
              {now >= 0 && now <= 1 && <b style={{ insetInlineStart: `${now * 100}%` }} />}
            </div>
            <ul>
              {items.map((item) => {
                const row = rows[item.index];
                return row && (
                  <BarRow key={row.id} row={row} top={item.start} start={start} end={end} stretch={stretch} zone={zone} calendar={calendar} tint={tint} how={how} move={move} />
                );
              })}
            </ul>
            <span id={how} hidden>{t('list:timeline.how')}</span>
          </div>
        </div>
      )}
    </div>
  );
}
