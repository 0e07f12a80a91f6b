/** The addresses of the application; each page is a chunk of its own, fetched when a pointer comes near a link to it. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { asFailure } from '@/api/failures';
import { doubt, isAway } from '@/api/line';
import type { Sort } from '@/meta/compose';
import { adminSearch } from '@/pages/admin/asked';
import { apiSearch } from '@/pages/api/asked';
import { importSearch } from '@/pages/import/steps';
import { modelSearch } from '@/pages/model/asked';
import { packsSearch } from '@/pages/packs/asked';
import { exploreSearch } from '@/pages/explorer/address';
import { askAhead } from '@/pages/explorer/ahead';
import { pathSearch } from '@/pages/paths/asked';
import { segmentSearch } from '@/pages/segments/address';
import { whatIfSearch } from '@/pages/whatif/scenario';
import { workbenchSearch } from '@/pages/workbench/asked';
import { boardSearch } from '@/pages/reports/asked';
import { words } from '@/lib/given';
import { Gate } from './Gate';
import { listSearch, sortOf } from './listSearch';
import { Broken, Missing } from './Pages';
import { understood, type Given } from './understood';

export interface RecordSearch {
  asOf?: string;
  tab?: string;
  /** The way of risk that is followed, from 0. */
  path?: number;
  /** The relation that is shown whole, and how it is sorted. */
  rel?: string;
  sort?: Sort;
  /** The kinds of events that the time line tells. */
  kinds?: string[];
}

function recordSearch(given: Given): RecordSearch {
  const found: RecordSearch = {};
  const [asOf, tab] = [words(given.asOf), words(given.tab)];
  if (asOf && /^\d{4}-\d{2}-\d{2}$/.test(asOf)) found.asOf = asOf;
  if (tab) found.tab = tab;
  const rel = words(given.rel);
  if (rel) found.rel = rel;
  if (typeof given.path === 'number' && given.path >= 0) found.path = given.path;
  const sort = sortOf(given.sort);
  if (sort) found.sort = sort;
  if (Array.isArray(given.kinds) && given.kinds.length) found.kinds = given.kinds.map(String);
  return found;
}

const root = createRootRoute({ component: Gate, notFoundComponent: Missing, errorComponent: Broken });
const page = { getParentRoute: () => root };

/** A page's chunk; without a line it is not there, rather than that the whole application is loaded again in vain. */
const part = (bring: () => Promise<{ default: () => ReactNode }>) =>
  lazyRouteComponent(async () => {
    try {
      return await bring();
    } catch (error) {
      await doubt();
      throw isAway() ? asFailure(error) : error;
    }
  });

const home = createRoute({
  ...page,
  path: '/',
  validateSearch: understood((given): { whose?: 'all' } => (given.whose === 'all' ? { whose: 'all' } : {})),
  component: part(() => import('@/pages/home/Home')),
});
const list = createRoute({
  ...page,
  path: '/t/$type',
  validateSearch: understood(listSearch),
  component: part(() => import('@/pages/list/List')),
});
const create = createRoute({
  ...page,
  path: '/t/$type/new',
  component: part(() => import('@/pages/form/Create')),
});
const record = createRoute({
  ...page,
  path: '/r/$id',
  validateSearch: understood(recordSearch),
  component: part(() => import('@/pages/record/Record')),
});
const edit = createRoute({
  ...page,
  path: '/r/$id/edit',
  component: part(() => import('@/pages/form/Edit')),
});
const model = createRoute({
  ...page,
  path: '/model',
  validateSearch: understood(modelSearch),
  component: part(() => import('@/pages/model/Model')),
});
const packs = createRoute({
  ...page,
  path: '/packs',
  validateSearch: understood(packsSearch),
  component: part(() => import('@/pages/packs/Packs')),
});
const admin = createRoute({
  ...page,
  path: '/admin',
  validateSearch: understood(adminSearch),
  component: part(() => import('@/pages/admin/Admin')),
});
const developers = createRoute({
  ...page,
  path: '/developers',
  validateSearch: understood(apiSearch),
  component: part(() => import('@/pages/api/Api')),
});
const reports = createRoute({ ...page, path: '/reports', component: part(() => import('@/pages/reports/Reports')) });
const board = createRoute({
  ...page,
  path: '/reports/$id',
  validateSearch: understood(boardSearch),
  component: part(() => import('@/pages/reports/BoardPage')),
});
const explore = createRoute({
  ...page,
  path: '/explore',
  validateSearch: understood(exploreSearch),
  loader: ({ cause, location }) => cause === 'enter' && askAhead(exploreSearch(location.search)),
  component: part(() => import('@/pages/explorer/Explorer')),
});
const run = createRoute({ ...page, path: '/runs/$id', component: part(() => import('@/pages/run/Run')) });
const settings = createRoute({
  ...page,
  path: '/settings',
  component: part(() => import('@/pages/settings/Settings')),
});

const paths = createRoute({
  ...page,
  path: '/paths',
  validateSearch: understood(pathSearch),
  component: part(() => import('@/pages/paths/Paths')),
});
const workbench = createRoute({
  ...page,
  path: '/churn',
  validateSearch: understood(workbenchSearch),
  component: part(() => import('@/pages/workbench/Workbench')),
});
const whatif = createRoute({
  ...page,
  path: '/what-if',
  validateSearch: understood(whatIfSearch),
  component: part(() => import('@/pages/whatif/WhatIf')),
});
const segments = createRoute({
  ...page,
  path: '/segments',
  validateSearch: understood(segmentSearch),
  component: part(() => import('@/pages/segments/Segments')),
});

const importing = createRoute({
  ...page,
  path: '/import',
  validateSearch: understood(importSearch),
  component: part(() => import('@/pages/import/Import')),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    list,
    create,
    record,
    edit,
    model,
    packs,
    admin,
    developers,
    explore,
    reports,
    board,
    run,
    settings,
    importing,
    paths,
    workbench,
    whatif,
    segments,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
