import { describe, expect, it } from 'vitest';
import { asOf } from '@/app/line/asOf';
import { isBasis, isKept, MOST_ANSWERS, OLDEST_MS, outgrown, trimmed } from '@/kept/rules';
import { withValues } from '@/kept/showing';
import { afterConflict, afterSent, asWaiting, clashes, inputOf, nextToSend, plainOf, settledWith, type Waiting, type Wish } from '@/kept/waiting';
import { waitBefore } from '@/lib/backoff';
import { ownNames } from '@/lib/person';
import { rowOf } from '@/pages/form/orKept';
import { shellOf } from '../../worker/plugin.mjs';

const NOON = new Date('2026-11-26T12:00:00Z');
const wish = (id: string, data: Wish['data'], more: Partial<Wish> = {}): Wish => ({
  query: 'mutation',
  look: 'query',
  type: 'Company',
  id,
  title: id,
  version: 5,
  data,
  before: Object.fromEntries(Object.keys(data).map((name) => [name, 'was'])),
  ...more,
});
const waits = (key: string, id: string, data: Wish['data'], more: Partial<Waiting> = {}): Waiting => ({ ...asWaiting(wish(id, data), key, NOON), ...more });

describe('asking again', () => {
  it('waits twice as long each time, up to a longest time, and never all at once', () => {
    expect([0, 1, 2, 9].map((tries) => waitBefore(tries, 1000, 20_000, 1))).toEqual([1000, 2000, 4000, 20_000]);
    expect(waitBefore(1, 1000, 20_000, 0)).toBe(1000);
  });
});

describe('answers that are kept', () => {
  it('are those of records, lists and the start page, now and not of a past day', () => {
    expect(isKept(['record', 'r1', 'view360', '', 'en'])).toBe(true);
    expect(isKept(['record', 'r1', 'view360', '2026-01-01', 'en'])).toBe(false);
    expect(isKept(['records', 'Company', {}])).toBe(true);
    expect(isKept(['day', 'due', '2026-11-26'])).toBe(true);
    expect([['model', 'design'], ['users'], ['credentials'], ['graph', 'around', {}], ['search', 'a', []]].some(isKept)).toBe(false);
    expect([['model'], ['model', 'profiles'], ['me']].every(isBasis)).toBe(true);
  });

  it('hold the beginning of a long list', () => {
    expect(trimmed({ pages: [1, 2, 3], pageParams: [null, 'a', 'b'] })).toEqual({ pages: [1, 2], pageParams: [null, 'a'] });
    expect(trimmed({ record: 1 })).toEqual({ record: 1 });
  });

  it('go when they are old, or when newer ones take their room; what the application stands on stays', () => {
    const now = NOON.getTime();
    const opened = Array.from({ length: MOST_ANSWERS + 2 }, (_, place) => ({ hash: `o${place}`, basis: false, at: now - place }));
    const found = outgrown([{ hash: 'model', basis: true, at: now - 1 }, { hash: 'old', basis: true, at: now - OLDEST_MS - 1 }, ...opened], now);

    expect(found).toEqual(['old', `o${MOST_ANSWERS}`, `o${MOST_ANSWERS + 1}`]);
  });

  it('are as old as the oldest of them that the page shows', () => {
    const shown = (key: unknown[], dataUpdatedAt: number, data: unknown = 1) => ({ queryKey: key, state: { data, dataUpdatedAt } });

    expect(asOf([shown(['model'], 1), shown(['records'], 30), shown(['totals'], 20), shown(['record'], 5, null)])).toBe(20);
    expect(asOf([shown(['me'], 1)])).toBe(null);
  });
});

describe('what somebody changed', () => {
  it('stands in rows and cards of that record, and nowhere else', () => {
    const list = { pages: [{ page: { nodes: [{ id: 'a', city: 'Riga' }, { id: 'b', city: 'Oslo' }] } }] };
    const view = { record: { id: 'a', values: { city: 'Riga', name: 'A' } }, links: [{ record: { id: 'b', values: {} } }] };

    expect(withValues(list, 'a', { city: 'Tartu', name: 'not asked for' })).toEqual({
      pages: [{ page: { nodes: [{ id: 'a', city: 'Tartu' }, { id: 'b', city: 'Oslo' }] } }],
    });
    expect(withValues(view, 'a', { city: 'Tartu' }).record.values).toEqual({ city: 'Tartu', name: 'A' });
    expect(withValues(list, 'c', { city: 'Tartu' })).toBe(list);
  });

  it('of links is left to the server', () => {
    expect(plainOf({ city: 'Riga', employees: { unlink: [{ linkId: 'l' }] }, revenue: { amount: '1', currency: 'EUR' } })).toEqual({
      city: 'Riga',
      revenue: { amount: '1', currency: 'EUR' },
    });
  });

  it('is begun from the page of the record where the form itself was never read', () => {
    expect(rowOf({ id: 'a', type: 'Company', title: 'Acme', values: { version: 7, city: 'Riga' } })).toEqual({ id: 'a', displayName: 'Acme', version: 7, city: 'Riga' });
  });
});

describe('changes that wait', () => {
  it('are sent in order; behind one that somebody has to decide only those of other records go on', () => {
    const list = [waits('1', 'a', { x: 1 }, { state: 'conflict' }), waits('2', 'a', { y: 1 }), waits('3', 'b', { x: 1 }), waits('4', '', { name: 'new' })];

    expect(nextToSend(list)?.key).toBe('3');
    expect(nextToSend(list.filter(({ key }) => key !== '3'))?.key).toBe('4');
    expect(nextToSend([])).toBe(null);
  });

  it('go on from the version that the one before them made, unless somebody came between', () => {
    const [first, second] = [waits('1', 'a', { x: 1 }), waits('2', 'a', { y: 1 })];

    expect(afterSent([first, second], first, 6)).toEqual([{ ...second, version: 6 }]);
    expect(afterSent([first, second], first, 9)).toEqual([second]);
  });

  it('meet only in fields that both changed, each to something else', () => {
    expect(clashes(wish('a', { x: 'mine', y: 'mine', z: 'mine' }), { version: 6, x: 'theirs', y: 'was', z: 'mine' })).toEqual(['x']);
  });

  it('are put onto what others did where nothing meets, under another key', () => {
    const found = afterConflict(waits('1', 'a', { y: 'mine' }, { tried: true }), { version: 8, x: 'theirs', y: 'was' }, 'new');

    expect(found).toMatchObject({ key: 'new', state: 'waits', version: 8, data: { y: 'mine' }, before: { y: 'was' }, tried: false });
  });

  it('wait for a decision where something meets, and keep what was decided', () => {
    const met = afterConflict(waits('1', 'a', { x: 'mine', y: 'mine' }), { version: 8, x: 'theirs', y: 'was' }, 'unused');

    expect(met).toMatchObject({ key: '1', state: 'conflict' });
    expect(settledWith(met, new Set(['x']), 'new')).toMatchObject({ key: 'new', version: 8, data: { y: 'mine' }, state: 'waits' });
    expect(settledWith(met, new Set(['x', 'y']), 'new')).toBe(null);
  });

  it('ask for what was asked for at first, so that their key holds', () => {
    expect(inputOf(wish('a', { x: 1 }))).toEqual({ id: 'a', version: 5, data: { x: 1 } });
    expect(inputOf(wish('', { x: 1 }, { version: null }))).toEqual({ data: { x: 1 } });
  });
});

describe('signing out', () => {
  it('takes along whatever tells of records, and leaves language and theme', () => {
    expect(ownNames(['xrm.settings', 'xrm.draft.new.Company', 'xrm.recent', 'xrm.person', 'xrm.model-draft', 'other'])).toEqual([
      'xrm.draft.new.Company', 'xrm.recent', 'xrm.person', 'xrm.model-draft',
    ]);
  });
});

describe('the files that are kept for opening the application', () => {
  it('are those of the frame and of pages that can be read without a line, with all that comes with them', () => {
    const chunk = (fileName: string, facadeModuleId: string | null, imports: string[] = [], isEntry = false, css: string[] = []) => ({
      type: 'chunk', fileName, facadeModuleId, imports, isEntry, viteMetadata: { importedCss: new Set(css) },
    });
    const bundle = Object.fromEntries(
      [
        chunk('assets/index.js', '/x/index.html', ['assets/shared.js'], true, ['assets/index.css']),
        chunk('assets/shared.js', null),
        chunk('assets/Record.js', '/x/src/pages/record/Record.tsx', ['assets/shared.js']),
        chunk('assets/Map.js', '/x/src/pages/list/map/MapView.tsx', ['assets/leaflet.js']),
        chunk('assets/leaflet.js', null),
        { type: 'asset', fileName: 'assets/inter-latin-wght-normal-1.woff2' },
        { type: 'asset', fileName: 'assets/inter-greek-wght-normal-1.woff2' },
      ].map((file) => [file.fileName, file]),
    );

    expect(shellOf(bundle).filter((place) => place.startsWith('/assets/'))).toEqual([
      '/assets/Record.js', '/assets/index.css', '/assets/index.js', '/assets/inter-latin-wght-normal-1.woff2', '/assets/shared.js',
    ]);
  });
});
