/** Whose things this browser keeps: what holds records leaves it when they sign out, or when somebody else comes. */
const PLACE = 'xrm.person';
const LEAVING = 'xrm.leaving';
/** Entries of the browser's storage that tell of records, by how their names begin. */
const OWN = ['xrm.draft.', 'xrm.recent', 'xrm.pins', 'xrm.model-draft'];

export const person = (): string => localStorage.getItem(PLACE) ?? '';

export const becomePerson = (id: string): void => localStorage.setItem(PLACE, id);

/** The names of what is to go, of all names there are. Pure. */
export const ownNames = (names: readonly string[]): string[] => names.filter((name) => name === PLACE || OWN.some((own) => name.startsWith(own)));

export function forgetOwn(): void {
  for (const name of ownNames(Object.keys(localStorage))) localStorage.removeItem(name);
}

/** Whether somebody signed out while the server could not be told. */
export const isLeaving = (): boolean => localStorage.getItem(LEAVING) !== null;

export function setLeaving(leaving: boolean): void {
  if (leaving) localStorage.setItem(LEAVING, 'yes');
  else localStorage.removeItem(LEAVING);
}
