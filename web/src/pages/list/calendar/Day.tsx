import { useDroppable } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import { EMPTY, type Shelf } from '@/meta/shelves';
import { Bone } from '@/ui/Bones';
import { Chip } from './Chip';

interface Props {
  /** An ISO day. */
  day: string;
  /** Its number in the reader's calendar. */
  number: number;
  shelf: Shelf | undefined;
  /** While its records are on their way. */
  coming: boolean;
  by: Field;
  tint: Field | undefined;
  most: number;
  isToday: boolean;
  isOutside: boolean;
  open: (day: string) => void;
}

/** One day: the first of its records, and how many more there are. */
export function Day({ day, number, shelf = EMPTY, coming, by, tint, most, isToday, isOutside, open }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { setNodeRef, isOver } = useDroppable({ id: day, disabled: by.readOnly });
  const rest = shelf.count - Math.min(most, shelf.nodes.length);
  return (
    <section
      ref={setNodeRef}
      className="day"
      aria-label={`${format.day(day, 'long')}, ${t('list:records', { count: shelf.count, number: format.number(shelf.count) })}`}
      data-today={isToday || undefined}
      data-outside={isOutside || undefined}
      data-over={isOver || undefined}
    >
      <div className="day-head">
        <button type="button" className="day-number num" aria-label={t('list:calendar.open', { day: format.day(day, 'long') })} onClick={() => open(day)}>
          {format.plain(number)}
        </button>
        {rest > 0 && (
          <button type="button" className="day-more num" onClick={() => open(day)}>
            {most ? t('list:calendar.rest', { count: rest, number: format.number(rest) }) : format.number(rest)}
          </button>
        )}
      </div>
      {coming && !isOutside && <Bone height={14} width="70%" />}
      <ul>
        {shelf.nodes.slice(0, most).map((row) => <Chip key={row.id} row={row} by={by} tint={tint} />)}
      </ul>
    </section>
  );
}
