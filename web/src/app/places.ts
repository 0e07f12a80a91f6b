/** The pages that are no list, record or form: the navigation, the palette and a phone's menu know them from here. */
import {
  IconApi, IconArrowsSplit2, IconChartDots3, IconChartPie, IconDatabaseImport, IconFlame, IconHierarchy3, IconLayoutDashboard, IconPackage, IconRoute,
  IconShieldCog, type Icon,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { KeyId } from '@/lib/keys';

export interface Place {
  to: NonNullable<LinkProps['to']>;
  icon: Icon;
  /** The space of words whose `title` names it. */
  space: string;
  /** What leads there from everywhere. */
  key: KeyId;
}

export const GROUPS = ['analyse', 'build'] as const;

/** In the order in which they are read; a group without a page is not shown. */
export const PLACES: Record<(typeof GROUPS)[number], Place[]> = {
  analyse: [
    { to: '/explore', icon: IconChartDots3, space: 'explorer', key: 'go.explorer' },
    { to: '/paths', icon: IconRoute, space: 'paths', key: 'go.paths' },
    { to: '/churn', icon: IconFlame, space: 'workbench', key: 'go.workbench' },
    { to: '/what-if', icon: IconArrowsSplit2, space: 'whatif', key: 'go.whatif' },
    { to: '/segments', icon: IconChartPie, space: 'segments', key: 'go.segments' },
    { to: '/reports', icon: IconLayoutDashboard, space: 'reports', key: 'go.reports' },
  ],
  build: [
    { to: '/model', icon: IconHierarchy3, space: 'model', key: 'go.model' },
    { to: '/import', icon: IconDatabaseImport, space: 'import', key: 'go.import' },
    { to: '/packs', icon: IconPackage, space: 'packs', key: 'go.packs' },
    { to: '/admin', icon: IconShieldCog, space: 'admin', key: 'go.admin' },
    { to: '/developers', icon: IconApi, space: 'api', key: 'go.api' },
  ],
};

export const EVERY_PLACE: Place[] = GROUPS.flatMap((group) => PLACES[group]);
