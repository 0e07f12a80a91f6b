import { useMemo } from 'react';
import { shownOf, type DayOf, type Shown } from '@/graph/showing';
import { withLikelyShown } from '@/graph/likely';
import type { Scene } from '@/graph/scene';
import { MOST_DRAWN } from '@/graph/software';
import { todayIso } from '@/graph/style';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { showingOf, type ExploreSearch } from './address';

/** What of the scene is shown; `capped` says at how many records, where there were more than a drawing holds. */
export function useShown(scene: Scene, search: ExploreSearch, day: string | null, dayOf: DayOf): { shown: Shown; capped: number | null } {
  const zone = zoneOf(useSettings());
  return useMemo(() => {
    const days = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    const shown = withLikelyShown(scene, shownOf(scene, { ...showingOf(search), day }, dayOf, todayIso(), (moment) => days.format(new Date(moment))), day);
    if (shown.records.size <= MOST_DRAWN) return { shown, capped: null };
    const records = new Set([...shown.records].slice(0, MOST_DRAWN));
    const links = [...shown.links].filter((key) => {
      const link = scene.links.get(key);
      return link && records.has(link.source) && records.has(link.target);
    });
    return { shown: withLikelyShown(scene, { records, links: new Set(links) }, day), capped: MOST_DRAWN };
  }, [scene, search.off, search.without, search.hide, search.value, search.linked, day, dayOf, zone]);
}
