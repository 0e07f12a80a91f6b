/** Every key that the application listens to, in one place: what handles a key asks here, and the cheat sheet shows the same. Pure. */
const DECLARED = {
  anywhere: {
    find: ['mod+K', '/'],
    sheet: ['?'],
    undo: ['mod+Z', 'z'],
  },
  go: {
    home: ['g h'],
    type: ['g 1', 'g 2', 'g 3', 'g 4', 'g 5', 'g 6', 'g 7', 'g 8', 'g 9'],
    explorer: ['g e'],
    paths: ['g p'],
    workbench: ['g c'],
    whatif: ['g w'],
    segments: ['g s'],
    reports: ['g r'],
    model: ['g m'],
    import: ['g i'],
    packs: ['g k'],
    admin: ['g a'],
    api: ['g d'],
    settings: ['g ,'],
  },
  list: {
    new: ['n'],
    next: ['j', 'ArrowDown'],
    previous: ['k', 'ArrowUp'],
    right: ['ArrowRight'],
    left: ['ArrowLeft'],
    rowStart: ['Home'],
    rowEnd: ['End'],
    first: ['mod+Home'],
    last: ['mod+End'],
    pageDown: ['PageDown'],
    pageUp: ['PageUp'],
    act: ['Enter', 'F2'],
    leaveCell: ['Escape'],
    pick: ['Space'],
    pickTo: ['shift+Space'],
    pickAll: ['mod+A'],
    columnRight: ['shift+ArrowRight'],
    columnLeft: ['shift+ArrowLeft'],
  },
  board: {
    carry: ['Space'],
    drop: ['Space', 'Enter'],
    back: ['Escape'],
  },
  explorer: {
    clear: ['Escape'],
  },
  timeline: {
    later: ['shift+ArrowRight'],
    earlier: ['shift+ArrowLeft'],
  },
  record: {
    edit: ['e'],
    next: ['j'],
    previous: ['k'],
    new: ['n'],
  },
  form: {
    save: ['mod+Enter', 'mod+S'],
  },
  model: {
    back: ['mod+Z'],
    forth: ['mod+shift+Z'],
  },
  wall: {
    pause: ['Space'],
    next: ['PageDown'],
    previous: ['PageUp'],
    leave: ['Escape'],
  },
  api: {
    run: ['mod+Enter'],
  },
} as const;

type Declared = typeof DECLARED;
export type Scope = keyof Declared;
export type KeyId = { [S in Scope]: `${S}.${Extract<keyof Declared[S], string>}` }[Scope];

export const SCOPES = Object.keys(DECLARED) as Scope[];

/** What of an event says which key it is. */
export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export const idsOf = (scope: Scope): KeyId[] => Object.keys(DECLARED[scope]).map((name) => `${scope}.${name}` as KeyId);

/** The ways in which it is pressed; one with a space in it is two keys, one after the other. */
export function pressesOf(id: KeyId): readonly string[] {
  const [scope, name] = id.split('.') as [Scope, string];
  return (DECLARED[scope] as Record<string, readonly string[]>)[name] ?? [];
}

/** Letters and digits by where they lie, so that they are the same under every layout; signs by what they write. */
function isKey(event: Pressed, key: string): boolean {
  if (/^[a-z]$/i.test(key)) return event.code === `Key${key.toUpperCase()}`;
  if (/^\d$/.test(key)) return event.code === `Digit${key}`;
  if (key === 'Space') return event.key === ' ';
  if (key === '?') return event.key === '?' || event.key === '؟' || (event.code === 'Slash' && event.shiftKey);
  if (key === '/') return event.key === '/' || (event.code === 'Slash' && !event.shiftKey);
  if (key === ',') return event.code === 'Comma' && !event.shiftKey;
  return event.key === key;
}

/** Signs are written with Shift on some keyboards and without on others. */
const SIGNS = new Set(['?', '/']);

export function isPress(event: Pressed, press: string): boolean {
  const parts = press.split('+');
  const key = parts.at(-1) ?? '';
  if (event.altKey || (event.ctrlKey || event.metaKey) !== parts.includes('mod')) return false;
  return (SIGNS.has(key) || event.shiftKey === parts.includes('shift')) && isKey(event, key);
}

/** Whether the event is one of the ways to press it at once. */
export const pressed = (event: Pressed, id: KeyId): boolean => pressesOf(id).some((press) => isPress(event, press));

/** Of several the one that is pressed. */
export const whichOf = <Id extends KeyId>(event: Pressed, ids: readonly Id[]): Id | undefined => ids.find((id) => pressed(event, id));

/** A single letter, digit or sign: whoever speaks to their computer, or shakes, may want to do without these. */
export const isSingle = (press: string): boolean => !press.includes('mod+') && press.split(' ').every((part) => part.length === 1);

/** The keys of the page at an address, those of its own first. */
export function scopesAt(path: string, view: string): Scope[] {
  if (/^\/t\/[^/]+\/new$|^\/r\/[^/]+\/edit$/.test(path)) return ['form'];
  if (path.startsWith('/t/')) return view === 'board' ? ['board', 'list'] : view === 'timeline' ? ['timeline', 'list'] : ['list'];
  if (path.startsWith('/r/')) return ['record'];
  if (path.startsWith('/reports/')) return ['wall'];
  if (path === '/model') return ['model'];
  return path === '/developers' ? ['api'] : [];
}
