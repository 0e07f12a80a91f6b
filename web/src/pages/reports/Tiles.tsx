import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { useTranslation } from 'react-i18next';
import type { Model } from '@/meta/model';
import type { Tile } from './board';
import { TileCard, type TileActs } from './TileCard';
import type { Answers } from './useFigures';
import { useTitle } from './useWording';

interface Props {
  tiles: readonly Tile[];
  model: Model;
  answers: Answers;
  editing: boolean;
  chosen: string | undefined;
  wall: boolean;
  acts: TileActs;
  move: (from: string, to: string) => void;
}

/** The tiles in twelve columns; while building they are dragged, or moved by Space and the arrow keys. */
export function Tiles({ tiles, model, answers, editing, chosen, wall, acts, move }: Props) {
  const { t } = useTranslation();
  const titleOf = useTitle(model);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const named = (id: string | number) => {
    const tile = tiles.find((each) => each.id === id);
    return { title: tile ? titleOf(tile) : '' };
  };
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) move(String(active.id), String(over.id));
  };
  const told = {
    onDragStart: ({ active }: { active: { id: string | number } }) => t('reports:taken', named(active.id)),
    onDragOver: ({ over }: { over: { id: string | number } | null }) => (over ? t('reports:over', named(over.id)) : ''),
    onDragEnd: ({ active }: { active: { id: string | number } }) => t('reports:put', named(active.id)),
    onDragCancel: ({ active }: { active: { id: string | number } }) => t('reports:back', named(active.id)),
  };
  return (
    <DndContext
      sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}
      accessibility={{ announcements: told, screenReaderInstructions: { draggable: t('reports:howToMove') } }}
    >
      <SortableContext items={tiles.map((tile) => tile.id)} strategy={rectSortingStrategy}>
        <div className="tiles">
          {tiles.map((tile) => (
            <TileCard
              key={tile.id} tile={tile} model={model} answer={answers[tile.id]}
              editing={editing} chosen={tile.id === chosen} wall={wall} acts={acts}
            />
          ))}
        </div>
      </SortableContext>
    </DndContext>
  );
}
