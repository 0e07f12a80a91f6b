import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idsOf, isPress, isSingle, pressed, pressesOf, SCOPES, scopesAt, whichOf, type Pressed } from '@/lib/keys';
import { beside } from '@/pages/record/beside';

const SOURCES = join(import.meta.dirname, '../../src');
const event = (key: string, code = key, more: Partial<Pressed> = {}): Pressed => ({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

function sources(): Map<string, string> {
  const names = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')]));
}

describe('a key', () => {
  it('is the same under every layout', () => {
    expect(isPress(event('о', 'KeyJ'), 'j')).toBe(true);
    expect(isPress(event('؟', 'Slash', { shiftKey: true }), '?')).toBe(true);
    expect(isPress(event('/', 'Slash'), '/')).toBe(true);
    expect(isPress(event('Enter', 'NumpadEnter', { metaKey: true }), 'mod+Enter')).toBe(true);
  });

  it('is another one with Ctrl, Shift or Alt', () => {
    expect(pressed(event('j', 'KeyJ', { ctrlKey: true }), 'list.next')).toBe(false);
    expect(pressed(event('z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'model.back')).toBe(false);
    expect(pressed(event('z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'model.forth')).toBe(true);
    expect(pressed(event('?', 'Slash', { shiftKey: true, altKey: true }), 'anywhere.sheet')).toBe(false);
    expect(whichOf(event('Home', 'Home', { ctrlKey: true }), ['list.rowStart', 'list.first'])).toBe('list.first');
  });

  it('of one letter can be switched off', () => {
    expect(['j', 'g h', '?'].every(isSingle)).toBe(true);
    expect(['mod+K', 'Enter', 'ArrowDown', 'shift+Space'].some(isSingle)).toBe(false);
  });
});

describe('the cheat sheet', () => {
  it('begins with the keys of the page', () => {
    expect(scopesAt('/t/Company', 'board')).toEqual(['board', 'list']);
    expect(scopesAt('/t/Company/new', '')).toEqual(['form']);
    expect(scopesAt('/r/1', '')).toEqual(['record']);
    expect(scopesAt('/', '')).toEqual([]);
  });

  it('tells of no key that nothing listens to', () => {
    const texts = [...sources()].filter(([name]) => name !== 'lib/keys.ts').map(([, text]) => text).join('\n');
    const unheard = SCOPES.flatMap(idsOf).filter((id) => !texts.includes(`'${id}'`) && !(id.startsWith('go.') && texts.includes(`key: '${id}'`)));

    expect(unheard).toEqual([]);
  });

  it('has no key twice in one place', () => {
    for (const scope of SCOPES.filter((each) => each !== 'board')) {
      const presses = idsOf(scope).flatMap(pressesOf);
      expect(presses, scope).toEqual([...new Set(presses)]);
    }
  });

  it('tells of every key: who asks for one by itself is a part that every keyboard user knows', () => {
    const alone = [...sources()].filter(([name, text]) => /event\.(key|code) ?[!=]==/.test(text) && name !== 'lib/keys.ts').map(([name]) => name);

    expect(alone.sort()).toEqual(KNOWN_PARTS);
  });
});

/** Text fields that take Enter, panels that close with Escape, arrows along an edge or a drawing, and what is drawn as a button or a slider: as in every application. */
const KNOWN_PARTS = [
  'charts/Flows.tsx',
  'charts/Lines.tsx',
  'lib/onEscape.ts',
  'meta/RecordPicker.tsx',
  'meta/conditions/ConditionEditor.tsx',
  'meta/forms/LinkPicker.tsx',
  'pages/explorer/Finder.tsx',
  'pages/import/ProblemList.tsx',
  'pages/list/carrying.ts',
  'pages/model/ChoicesEditor.tsx',
  'pages/paths/Costs.tsx',
  'pages/reports/SizeGrip.tsx',
  'ui/DateField.tsx',
  'ui/grid/Edge.tsx',
];

describe('the next record', () => {
  it('is that of the list which was read last and holds it', () => {
    expect(beside([['x'], ['a', 'b', 'c']], 'b', 1)).toBe('c');
    expect(beside([['a', 'b'], ['b', 'a']], 'a', -1)).toBe(undefined);
    expect(beside([], 'a', 1)).toBe(undefined);
  });
});
