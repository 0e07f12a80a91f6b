import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { folded, type Folded } from '@/graph/groups';
import type { Scene } from '@/graph/scene';
import type { Shown } from '@/graph/showing';
import { useFormat } from '@/lib/useSettings';
import type { ExploreSearch } from './address';

const NONE: NonNullable<ExploreSearch['group']> = [];

/** What is drawn of a scene: its groups as one disc each. */
export function useGroups(scene: Scene, shown: Shown, { group = NONE }: ExploreSearch): Folded {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => folded(scene, shown, group, (first, more) => t('explorer:group.called', { first, count: more, number: format.number(more) })),
    [scene, shown, group, t, format],
  );
}
