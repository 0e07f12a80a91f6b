import { useDraggable } from '@dnd-kit/core';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useFormat } from '@/lib/useSettings';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { useLanding } from '../landing';
import { useTint } from '../useTint';

interface Props {
  row: Row;
  by: Field;
  /** The choice that colours it, which is told in words too. */
  tint: Field | undefined;
}

/** A record on its day: opened by Enter and a click, lifted by Space and a pull. */
export function Chip({ row, by, tint }: Props) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: row.id, data: { row }, disabled: by.readOnly });
  const link = useLanding<HTMLAnchorElement>(row.id);
  const { hue, words } = useTint(row, tint);
  return (
    <li ref={setNodeRef} className="chip" data-lifted={isDragging || undefined} style={{ '--hue': hue } as CSSProperties} {...listeners}>
      <Link ref={link} to="/r/$id" params={{ id: row.id }} draggable={false} title={words ? `${row.displayName} · ${words}` : row.displayName}>
        <ChipFace row={row} by={by} />
        {words && <span className="hidden-words">{words}</span>}
      </Link>
    </li>
  );
}

export function ChipFace({ row, by }: { row: Row; by: Field }) {
  const format = useFormat();
  return (
    <>
      {by.kind === 'dateTime' && <span className="num chip-hour">{format.hour(String(row[by.name]))}</span>}
      <span className="cut" dir="auto">{row.displayName}</span>
    </>
  );
}
