import { useDraggable } from '@dnd-kit/core';
import { IconGripVertical } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Badge } from '@/ui/Badge';
import { CardFacts } from '../CardFacts';
import { useLanding } from '../landing';

interface Props {
  row: Row;
  fields: readonly Field[];
  by: Field;
}

/** A record on the board: its name opens it, its grip lifts it by keyboard, the whole card by pointer. */
export function Card({ row, fields, by }: Props) {
  const { t } = useTranslation();
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({ id: row.id, data: { row }, disabled: by.readOnly });
  const grip = useLanding<HTMLButtonElement>(row.id);
  return (
    <li ref={setNodeRef} className="board-card" data-lifted={isDragging || undefined} {...listeners}>
      <Face row={row} fields={fields} by={by} />
      {!by.readOnly && (
        <button
          ref={(button) => {
            setActivatorNodeRef(button);
            grip.current = button;
          }}
          type="button"
          className="board-grip"
          aria-label={t('list:carry.lift', { name: row.displayName })}
          aria-describedby={attributes['aria-describedby']}
        >
          <IconGripVertical size={15} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

/** What a card shows, lying on the board or in the hand. */
export function Face({ row, fields, by }: Props) {
  return (
    <>
      <span className="board-name">
        <Badge text={row.displayName} seed={row.id} size={22} />
        <Link to="/r/$id" params={{ id: row.id }} dir="auto" draggable={false}>
          {row.displayName}
        </Link>
      </span>
      <CardFacts row={row} fields={fields} without={by} />
    </>
  );
}
