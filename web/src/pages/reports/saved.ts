/** Dashboards as they are kept: listed, read, saved at a version, deleted and brought back. */
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { boardOf, type Board } from './board';

export interface SavedBoard {
  id: string;
  name: string;
  description: string;
  shared: boolean;
  owner: string;
  mine: boolean;
  mayChange: boolean;
  version: number;
  updatedAt: string;
  updatedBy: string;
  board: Board;
}

type Told = Omit<SavedBoard, 'board'> & { body: unknown };

const FACTS = 'id name description shared owner mine mayChange version updatedAt updatedBy body';
const LIST = `query Boards { savedPages(kind: DASHBOARD) { ${FACTS} } }`;
const READ = `query Board($id: ID!) { savedPage(id: $id) { kind ${FACTS} } }`;
const SAVE = `mutation SaveBoard($input: SavePageInput!) { savePage(input: $input) { savedPage { ${FACTS} } errors { code message path details } } }`;

const read = ({ body, ...facts }: Told): SavedBoard => ({ ...facts, board: boardOf(body) });

export async function boards(signal: AbortSignal): Promise<SavedBoard[]> {
  return (await gql<{ savedPages: Told[] }>(LIST, {}, signal)).savedPages.map(read);
}

/** A dashboard; null where there is none that the reader may see. */
export async function boardNamed(id: string, signal: AbortSignal): Promise<SavedBoard | null> {
  const { savedPage } = await gql<{ savedPage: (Told & { kind: string }) | null }>(READ, { id }, signal);
  return savedPage?.kind === 'DASHBOARD' ? read(savedPage) : null;
}

export interface Draft {
  name: string;
  description: string;
  shared: boolean;
  board: Board;
}

/** Keep a draft as a new dashboard, or in the place of a version. Fails with `version_conflict` where somebody was faster. */
export async function save({ board, ...facts }: Draft, over?: { id: string; version: number }): Promise<SavedBoard> {
  const input = { kind: 'DASHBOARD', ...facts, name: facts.name.trim(), body: board, ...over };
  const { savePage } = await gql<{ savePage: { savedPage: Told | null; errors: Problem[] } }>(SAVE, { input });
  return read(accepted(savePage).savedPage!);
}
