/** One ear for the keys of the whole page: what was bound last is asked first. */
import { isPress, isSingle, pressesOf, type KeyId } from './keys';
import { settings } from './settings';

/** Hears which of its ways was pressed, from 0. */
type Act = (way: number) => void;

interface Binding {
  id: KeyId;
  act: Act;
}

const TYPED = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';
/** Inside of these keys have meanings of their own. */
const APART = '[role=dialog], [role=menu], [role=listbox]';
const PATIENCE_MS = 1500;

let bindings: readonly Binding[] = [];
let begun = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** Listen to a key until the function that is returned is called. */
export function bind(id: KeyId, act: Act): () => void {
  const binding = { id, act };
  if (!bindings.length) window.addEventListener('keydown', hear);
  bindings = [binding, ...bindings];
  return () => {
    bindings = bindings.filter((each) => each !== binding);
    if (!bindings.length) window.removeEventListener('keydown', hear);
  };
}

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat && !event.code.startsWith('Key')) return;
  const first = begun;
  begun = '';
  clearTimeout(timer);
  for (const { id, act } of bindings) {
    const way = pressesOf(id).findIndex((press) => isMeant(event, press, first));
    if (way < 0) continue;
    event.preventDefault();
    act(way);
    return;
  }
  if (first || !isFree(event, 'g')) return;
  const begins = bindings.flatMap(({ id }) => pressesOf(id)).find((press) => press.includes(' ') && isPress(event, press.split(' ')[0] ?? ''));
  if (!begins) return;
  begun = begins.split(' ')[0] ?? '';
  timer = setTimeout(() => (begun = ''), PATIENCE_MS);
}

function isMeant(event: KeyboardEvent, press: string, first: string): boolean {
  const [one = '', two] = press.split(' ');
  if (two === undefined ? first !== '' : first !== one) return false;
  return isPress(event, two ?? one) && isFree(event, press);
}

/** Single keys are left to whoever types, to dialogs and menus, and to readers who want none. */
function isFree(event: KeyboardEvent, press: string): boolean {
  const place = event.target instanceof Element ? event.target : null;
  if (isSingle(press) && !settings().singleKeys) return false;
  return press.startsWith('mod+') && press !== 'mod+Z' ? !place?.closest(APART) : !place?.closest(`${TYPED}, ${APART}`);
}
