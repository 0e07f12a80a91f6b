import { describe, expect, it } from 'vitest';
import { countsOf, freshOf, placeOf, sentenceOf, type Notice } from '@/app/bell/notices';
import { withRead } from '@/app/bell/useTold';
import { catalogue as en } from '@/i18n/en';
import { catalogue as fa } from '@/i18n/fa';
import { catalogue as ru } from '@/i18n/ru';
import { formatOf } from '@/lib/format';
import type { Settings } from '@/lib/settings';
import type { Facts } from '@/lib/said';
import { speechOf } from './speech';

const CATALOGUES = { en, fa, ru };
const settings = (language: Settings['language']): Settings => ({ language, theme: 'system', calendar: 'auto', digits: 'auto', timeZone: 'UTC', density: 'comfortable' });
const bare = (text: string | null): string | undefined => text?.replace(/[\u2066-\u2069]/g, '');
const called = ({ engine, type }: { engine: string; type: string | null }): string => [engine, type].filter(Boolean).join(' · ');

const notice = (kind: string, details: Facts): Notice => ({ id: '1', kind, subject: 's', text: 'As the server says it', at: '2026-11-02T08:00:00+00:00', readAt: null, details });
const said = (language: 'en' | 'ru' | 'fa', kind: string, details: Facts): string | null =>
  sentenceOf(notice(kind, details), speechOf(CATALOGUES[language], language), called, formatOf(settings(language)).plain);
const counted = (language: 'en' | 'ru' | 'fa', details: Facts): string[] => countsOf(notice('import_done', details), speechOf(CATALOGUES[language], language));

describe('what the bell tells', () => {
  it('is said in the language of the reader, each name in its own direction and no number of a run grouped', () => {
    expect(bare(said('ru', 'analysis_done', { engine: 'churn', number: 1204 }))).toBe('churn: расчёт 1204 готов');
    expect(said('fa', 'analysis_failed', { engine: 'churn', type: 'Company', number: 7, error: 'Too little.' })).toBe(
      '\u2068churn · Company\u2069: اجرای \u2068۷\u2069 ناموفق بود',
    );
    expect(said('en', 'page_due', { name: 'فروش' })).toBe('“\u2068فروش\u2069” is here, as you wished');
  });

  it('counts what came of it in the forms and digits of the language, and tells no noughts', () => {
    expect([1, 3, 5, 21].flatMap((rejected) => counted('ru', { rejected }))).toEqual([
      'пропущена 1 строка', 'пропущены 3 строки', 'пропущено 5 строк', 'пропущена 21 строка',
    ]);
    expect(counted('fa', { changed: 1204, rejected: 3 })).toEqual(['۱٬۲۰۴ رکورد و پیوند ساخته شد یا تغییر کرد', '۳ ردیف کنار گذاشته شد']);
    expect(counted('en', { changed: 1, rejected: 0 })).toEqual(['1 record or link made or changed']);
  });

  it('is left to the sentence of the server where its kind is not known, or its facts were not kept', () => {
    expect(said('fa', 'planet_found', { name: 'X' })).toBeNull();
    expect(said('ru', 'import_done', {})).toBeNull();
    expect(said('ru', 'analysis_done', { number: 3 })).toBeNull();
  });

  it('leads to what it is about, with and without facts', () => {
    const to = (kind: string, details: Facts) => placeOf(notice(kind, details));

    expect(to('analysis_done', { engine: 'churn', type: 'Company', number: 1 })).toEqual({ to: '/churn', search: { score: 'churn', type: 'Company' } });
    expect(to('analysis_done', { engine: 'communities', number: 1 })).toEqual({ to: '/segments', search: {} });
    for (const [kind, details] of [['analysis_done', {}], ['analysis_done', { engine: 'rotation' }], ['analysis_failed', { engine: 'churn' }]] as const) {
      expect(to(kind, details)).toEqual({ to: '/runs/$id', params: { id: 's' } });
    }
    expect(to('import_undone', {})).toEqual({ to: '/import', search: { run: 's' } });
    expect(to('page_due', {})).toEqual({ to: '/reports/$id', params: { id: 's' }, search: { at: '2026-11-02T08:00:00+00:00' } });
    expect(to('page_due', { of: 'scene' })).toEqual({ to: '/explore' });
    expect(to('planet_found', {})).toBeNull();
  });
});

describe('marking as read', () => {
  const told = { notifications: { unreadCount: 30, nodes: [{ ...notice('page_due', {}), id: 'a' }, { ...notice('page_due', {}), id: 'b', readAt: 'then' }] } };

  it('shows at once in the list and in the count, and not twice', () => {
    const { notifications } = withRead(told, ['a', 'b'], 'now') ?? told;

    expect(notifications.nodes.map(({ readAt }) => readAt)).toEqual(['now', 'then']);
    expect(notifications.unreadCount).toBe(29);
  });

  it('of all takes the count to nought, beyond the list too', () => {
    expect(withRead(told, null, 'now')?.notifications.unreadCount).toBe(0);
    expect(withRead(undefined, null, 'now')).toBeUndefined();
  });
});

describe('what is shown beside the page', () => {
  const nodes = ['e', 'd', 'c', 'b', 'a'].map((id) => ({ ...notice('page_due', {}), id, readAt: id === 'd' ? 'then' : null }));

  it('is the newest few that came since the last look and are unread, and nothing of what was there already', () => {
    expect(freshOf(nodes, null)).toEqual([]);
    expect(freshOf(nodes, new Set(['a', 'b', 'c', 'd'])).map(({ id }) => id)).toEqual(['e']);
    expect(freshOf(nodes, new Set()).map(({ id }) => id)).toEqual(['e', 'c', 'b']);
  });
});
