/** Scenes, scenarios and what else is kept under a name: forgotten, and brought back for as long as the server keeps them. */
import { accepted, type Problem } from './failures';
import { gql } from './gql';

const DROP = 'mutation DropPage($id: ID!) { deleteSavedPage(input: { id: $id }) { errors { code message path details } } }';
const RESTORE = 'mutation RestorePage($id: ID!) { restoreSavedPage(input: { id: $id }) { errors { code message path details } } }';

/** Throws the Failure of what it was refused for. */
export async function dropPage(id: string): Promise<void> {
  accepted((await gql<{ deleteSavedPage: { errors: Problem[] } }>(DROP, { id })).deleteSavedPage);
}

/** Throws the Failure of what it was refused for. */
export async function restorePage(id: string): Promise<void> {
  accepted((await gql<{ restoreSavedPage: { errors: Problem[] } }>(RESTORE, { id })).restoreSavedPage);
}
