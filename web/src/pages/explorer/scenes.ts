/** Scenes that people keep: the address that makes one, where its records stood, and who is pinned. */
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import type { Points } from '@/graph/layouts';
import { exploreSearch, type ExploreSearch } from './address';

export interface SavedScene {
  id: string;
  name: string;
  body: unknown;
  shared: boolean;
  mine: boolean;
  mayChange: boolean;
  version: number;
  owner: string;
}

const FIELDS = 'id name body shared mine mayChange version owner';
export const SCENES = `query Scenes { savedPages(kind: SCENE) { ${FIELDS} } }`;
const SCENE = `query Scene($id: ID!) { savedPage(id: $id) { ${FIELDS} } }`;
const SAVE = `mutation SaveScene($input: SavePageInput!) { savePage(input: $input) { savedPage { ${FIELDS} } errors { code message path details } } }`;

export interface Body {
  search: ExploreSearch;
  places: Points;
  pinned: string[];
}

export const scene = async (id: string, signal: AbortSignal): Promise<SavedScene | null> =>
  (await gql<{ savedPage: SavedScene | null }>(SCENE, { id }, signal)).savedPage;

/** Places are kept with one decimal: nobody sees more. */
export const bodyOf = ({ search, places, pinned }: Body) => ({
  search,
  pinned,
  places: [...places].map(([id, { x, y }]) => [id, Math.round(x * 10) / 10, Math.round(y * 10) / 10]),
});

/** A body as it was saved, by this version or another; what is not understood is left out. */
export function bodyFrom(body: unknown): Body {
  const { search = {}, places = [], pinned = [] } = (body ?? {}) as Record<string, unknown>;
  const known: Points = new Map();
  for (const row of Array.isArray(places) ? places : []) {
    const [id, x, y] = Array.isArray(row) ? row : [];
    if (typeof id === 'string' && Number.isFinite(x) && Number.isFinite(y)) known.set(id, { x, y });
  }
  const ids = Array.isArray(pinned) ? pinned.filter((id) => typeof id === 'string') : [];
  return { search: exploreSearch(search as Record<string, unknown>), places: known, pinned: ids };
}

interface Saved {
  savePage: { savedPage: SavedScene | null; errors: Problem[] };
}

export async function saveScene(input: { name: string; body: unknown; shared: boolean; id?: string; version?: number }): Promise<SavedScene> {
  const { savePage } = await gql<Saved>(SAVE, { input: { kind: 'SCENE', ...input } });
  return accepted(savePage).savedPage!;
}
