import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DndContextProps, type DragEndEvent } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconAlertCircle, IconGripVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { Pill } from '@/ui/Pill';
import { titled } from './design';
import { useDesigner } from './designer';
import { orderFields, type Owner, type ShownField } from './draft';
import { kindShown } from './kinds';

/** The fields in the order in which forms and pages show them: pulled by their grips, or moved by Space and the arrow keys. */
export function FieldList({ owner, fields }: { owner: Owner; fields: readonly ShownField[] }) {
  const { edit } = useDesigner();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const names = fields.map((field) => field.name);

  function end({ active, over }: DragEndEvent): void {
    if (!over || active.id === over.id) return;
    const order = arrayMove(names, names.indexOf(String(active.id)), names.indexOf(String(over.id)));
    edit(`order ${owner.name} ${order.join()}`, (draft) => orderFields(draft, owner, order));
  }

  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end} accessibility={useSaid(fields)}>
      <SortableContext items={names} strategy={verticalListSortingStrategy}>
        <ul className="model-rows">
          {fields.map((field) => <Row key={field.name} owner={owner} field={field} movable={fields.length > 1} />)}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

/** What a screen reader says while a field is moved. */
function useSaid(fields: readonly ShownField[]): NonNullable<DndContextProps['accessibility']> {
  const { t } = useTranslation();
  const { language } = useSettings();
  const named = (id: string | number): { name: string; place: number } => {
    const place = fields.findIndex((field) => field.name === id);
    const field = fields[place];
    return { name: field ? titled(field, language) : '', place: place + 1 };
  };
  return {
    screenReaderInstructions: { draggable: t('model:order.how') },
    announcements: {
      onDragStart: ({ active }) => t('model:order.taken', named(active.id)),
      onDragOver: ({ over }) => (over ? t('model:order.over', named(over.id)) : ''),
      onDragEnd: ({ active, over }) => t('model:order.put', { ...named(active.id), place: named((over ?? active).id).place }),
      onDragCancel: ({ active }) => t('model:order.back', named(active.id)),
    },
  };
}

function Row({ owner, field, movable }: { owner: Owner; field: ShownField; movable: boolean }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { show, problems } = useDesigner();
  const sortable = useSortable({ id: field.name, disabled: !movable });
  const Sign = kindShown(field.kind).sign;
  const wrong = problems.some(({ place }) => place.owner?.name === owner.name && place.field === field.name);
  const name = titled(field, language);
  return (
    <li
      ref={sortable.setNodeRef}
      className="model-field"
      data-carried={sortable.isDragging || undefined}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      {movable && (
        <button
          type="button" ref={sortable.setActivatorNodeRef} className="model-grip"
          {...sortable.attributes} {...sortable.listeners} aria-label={t('model:order.move', { name })}
        >
          <IconGripVertical size={15} aria-hidden="true" />
        </button>
      )}
      <button type="button" className="model-row" data-state={field.state} onClick={() => show({ field: field.name })}>
        <Sign size={16} stroke={1.6} aria-hidden="true" />
        <span className="model-row-words">
          <b className="cut" dir="auto">{name}</b>
          <small className="cut">
            {t(`model:kind.${field.kind}`)}
            {field.deprecated ? ` · ${t('model:deprecatedShort')}` : ''}
          </small>
        </span>
        {wrong && <IconAlertCircle size={16} className="bad" role="img" aria-label={t('model:problem')} />}
        {field.state !== 'kept' && <Pill tone={field.state === 'dropped' ? 'bad' : 'plain'}>{t(`model:state.${field.state}`)}</Pill>}
        {field.required && <Pill tone="line">{t('model:flag.required.short')}</Pill>}
        {field.when && <Pill tone="line">{t('model:when.short')}</Pill>}
        {field.unique && <Pill tone="line">{t('model:flag.unique.short')}</Pill>}
      </button>
    </li>
  );
}
