import { afterEach, describe, expect, it, vi } from 'vitest';
import { early } from '@/api/early';
import { AROUND, aroundAsked, keyOf, MODEL, QUESTIONS } from '@/api/first';
import { stepsOf } from '@/pages/explorer/steps';
import { firstOf } from '../../boot/plugin.mjs';

const chunk = (fileName: string, facadeModuleId: string | null, imports: string[] = [], isEntry = false) => ({
  type: 'chunk', fileName, facadeModuleId, imports, isEntry,
});

describe('what runs before the program', () => {
  it('knows the chunks of each language and of the pages that people begin with, but for those of every page', () => {
    const bundle = Object.fromEntries(
      [
        chunk('assets/index.js', '/x/index.html', ['assets/frame.js'], true),
        chunk('assets/frame.js', null),
        chunk('assets/fa.js', '/x/src/i18n/fa/index.ts', ['assets/spaces.js']),
        chunk('assets/spaces.js', null),
        chunk('assets/List.js', '/x/src/pages/list/List.tsx', ['assets/frame.js', 'assets/parts.js']),
        chunk('assets/parts.js', null),
        chunk('assets/Map.js', '/x/src/pages/list/map/MapView.tsx'),
        { type: 'asset', fileName: 'assets/index.css' },
      ].map((file) => [file.fileName, file]),
    );

    const first = firstOf(bundle);

    expect(first.words).toEqual({ fa: ['/assets/fa.js', '/assets/spaces.js'] });
    expect(first.pages).toEqual({ t: ['/assets/List.js', '/assets/parts.js'] });
    expect(first.questions).toEqual(QUESTIONS);
    expect(Object.values(first.lost).map(({ again }) => again)).toEqual(['Try again', 'Попробовать ещё раз', 'تلاش دوباره']);
  });
});

const asked = (query: string, variables = {}) => ({ query, variables });

describe('an answer to what was asked early', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is that to the same question with the same variables, as the explorer asks of the graph itself', async () => {
    const [question] = QUESTIONS.said['explore?whole=2000']!;
    const [step] = stepsOf({ whole: 2_000 });
    const answer = new Response('{}');
    vi.stubGlobal('window', { xrmEarly: { [keyOf(question!)]: Promise.resolve(answer) } });

    expect(await early(asked(AROUND, aroundAsked({ ...step!, most: 300 })))).toBeUndefined();
    expect(await early(asked(AROUND, aroundAsked(step!)))).toBe(answer);
  });

  it('is taken once', async () => {
    const answer = new Response('{}');
    vi.stubGlobal('window', { xrmEarly: { [keyOf(asked(MODEL))]: Promise.resolve(answer) } });

    expect(await early(asked(MODEL))).toBe(answer);
    expect(await early(asked(MODEL))).toBeUndefined();
  });

  it('is asked anew when it was refused or never came', async () => {
    vi.stubGlobal('window', { xrmEarly: { 'a{}': Promise.resolve(new Response('', { status: 401 })), 'b{}': Promise.resolve(null) } });

    expect(await early(asked('a'))).toBeUndefined();
    expect(await early(asked('b'))).toBeUndefined();
    expect(await early(asked('c'))).toBeUndefined();
  });
});
