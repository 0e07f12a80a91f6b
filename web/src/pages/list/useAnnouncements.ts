import type { Active, DndContextProps } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import type { Row } from '@/meta/rows';

export const rowOf = (active: Active): Row | null => (active.data.current as { row: Row } | undefined)?.row ?? null;

/** What a screen reader says while a card is carried. */
export function useAnnouncements(placeOf: (id: string) => string): NonNullable<DndContextProps['accessibility']> {
  const { t } = useTranslation();
  const nameOf = (active: Active): string => rowOf(active)?.displayName ?? '';
  return {
    screenReaderInstructions: { draggable: t('list:carry.how') },
    announcements: {
      onDragStart: ({ active }) => t('list:carry.lifted', { name: nameOf(active) }),
      onDragOver: ({ over }) => (over ? t('list:carry.over', { place: placeOf(String(over.id)) }) : undefined),
      onDragEnd: ({ active, over }) =>
        over
          ? t('list:carry.put', { name: nameOf(active), place: placeOf(String(over.id)) })
          : t('list:carry.kept', { name: nameOf(active) }),
      onDragCancel: ({ active }) => t('list:carry.kept', { name: nameOf(active) }),
    },
  };
}
