/** The pages that are no list, record or form: the navigation, the palette and a phone's menu know them from here. */
import {
  IconApi, IconArrowsSplit2, IconChartDots3, IconChartPie, IconDatabaseImport, IconFlame, IconHierarchy3, IconLayoutDashboard, IconPackage, IconRoute,
  IconShieldCog, type Icon,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';

export interface Place {
  to: NonNullable<LinkProps['to']>;
  icon: Icon;
  /** The space of words whose `title` names it. */
  space: string;
}

export const GROUPS = ['analyse', 'build'] as const;

/** In the order in which they are read; a group without a page is not shown. */
export const PLACES: Record<(typeof GROUPS)[number], Place[]> = {
  analyse: [
    { to: '/explore', icon: IconChartDots3, space: 'explorer' },
    { to: '/paths', icon: IconRoute, space: 'paths' },
    { to: '/churn', icon: IconFlame, space: 'workbench' },
    { to: '/what-if', icon: IconArrowsSplit2, space: 'whatif' },
    { to: '/segments', icon: IconChartPie, space: 'segments' },
    { to: '/reports', icon: IconLayoutDashboard, space: 'reports' },
  ],
  build: [
    { to: '/model', icon: IconHierarchy3, space: 'model' },
    { to: '/import', icon: IconDatabaseImport, space: 'import' },
    { to: '/packs', icon: IconPackage, space: 'packs' },
    { to: '/admin', icon: IconShieldCog, space: 'admin' },
    { to: '/developers', icon: IconApi, space: 'api' },
  ],
};

export const EVERY_PLACE: Place[] = GROUPS.flatMap((group) => PLACES[group]);
