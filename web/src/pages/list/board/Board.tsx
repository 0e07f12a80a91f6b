import { DndContext, DragOverlay, type DragEndEvent } from '@dnd-kit/core';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useSettings } from '@/lib/useSettings';
import { heading, type Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { shelfOf } from '@/meta/shelves';
import { Fault } from '@/ui/Fault';
import { under, useCarrying } from '../carrying';
import { letGo } from '../landing';
import { layoutField } from '../layouts';
import { rowOf, useAnnouncements } from '../useAnnouncements';
import type { Asked } from '../useAsked';
import type { ViewProps } from '../view';
import { Face } from './Card';
import { Column, useStageName } from './Column';
import { useBoard } from './useBoard';
import './board.css';

/** The records of a list by the choices of a field; a card that is dropped elsewhere has that choice. */
export default function Board({ asked, search }: ViewProps) {
  const by = layoutField(asked.type, 'board', search);
  return by ? <By key={by.name} asked={asked} by={by} /> : null;
}

function By({ asked, by }: { asked: Asked; by: Field }) {
  const { stages, sum, shelves, error, again, grow, drop } = useBoard(asked, by);
  const { language } = useSettings();
  const [lifted, setLifted] = useState<Row | null>(null);
  const sensors = useCarrying();
  const nameOf = useStageName();
  const spoken = useAnnouncements((id) => nameOf(stages.find(({ value }) => value === id)));

  function put(event: DragEndEvent): void {
    const { active, over } = event;
    const row = lifted;
    letGo(event);
    setLifted(null);
    const from = shelves && shelfOf(shelves, String(active.id));
    if (row && over && from !== undefined && from !== over.id) drop(row, from, String(over.id));
  }

  if (error) return <div className="list-fault"><Fault error={error} again={() => void again()} /></div>;
  // cards take the focus along a board that is wider than the page; without any, the board itself has to
  const empty = !Object.values(shelves ?? {}).some(({ count }) => count > 0);
  const shown = stages.filter(({ value }) => value || !shelves || (shelves['']?.count ?? 0) > 0);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={under}
      accessibility={spoken}
      onDragStart={({ active }) => setLifted(rowOf(active))}
      onDragEnd={put}
      onDragCancel={() => setLifted(null)}
    >
      <div className="board" {...(empty && { tabIndex: 0, role: 'group', 'aria-label': heading(asked.type.labels, language) })}>
        {shown.map((stage) => (
          <Column key={stage.value} stage={stage} shelf={shelves?.[stage.value]} by={by} fields={asked.fields} sum={sum} grow={grow} />
        ))}
      </div>
      {createPortal(
        <DragOverlay dropAnimation={null}>
          {lifted && <div className="board-card board-hand"><Face row={lifted} fields={asked.fields} by={by} /></div>}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  );
}
