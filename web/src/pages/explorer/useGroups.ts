import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { folded, type Folded } from '@/graph/groups';
import { shortened } from '@/graph/labels';
import type { Scene } from '@/graph/scene';
import type { Shown } from '@/graph/showing';
import { useFormat } from '@/lib/useSettings';
import type { ExploreSearch } from './address';

/** Letters of a member's title within a name, so that the drawing has room for how many more there are. */
const LONGEST = 26;
const NONE: NonNullable<ExploreSearch['group']> = [];

/** What is drawn of a scene: its groups as one disc each. */
export function useGroups(scene: Scene, shown: Shown, { group = NONE }: ExploreSearch): Folded {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => folded(scene, shown, group, (first, more) => t('explorer:group.called', { first: shortened(first, LONGEST), number: format.number(more) })),
    [scene, shown, group, t, format],
  );
}
