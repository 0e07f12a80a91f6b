import { describe, expect, it } from 'vitest';
import { DATES, wayOf } from '@/pages/import/dates';
import { expected } from '@/pages/import/expected';
import { followed, type Source } from '@/pages/import/mapping';
import type { Upload } from '@/pages/import/api';

describe('how files write days', () => {
  it('is told by an example and by what stands first', () => {
    expect(wayOf('%d.%m.%Y')).toEqual({ example: '31.12.2026', begins: 'day', persian: false });
    expect(wayOf('%m/%d/%Y %H:%M')).toEqual({ example: '12/31/2026 16:30', begins: 'month', persian: false });
    expect(wayOf('persian %Y/%m/%d')).toEqual({ example: '1405/10/10', begins: 'year', persian: true });
  });

  it('has no example where a code is not known or nothing is dated', () => {
    expect([wayOf('%j of %Y'), wayOf('%H:%M'), wayOf('')]).toEqual([null, null, null]);
  });

  it('shows every way that is offered, each another one', () => {
    const shown = DATES.map((each) => JSON.stringify(wayOf(each)));
    expect(shown).not.toContain('null');
    expect(new Set(shown).size).toBe(DATES.length);
  });
});

describe('what an import is expected to do', () => {
  const files = [{ name: 'a.csv', rows: 5, ragged: 1 }, { name: 'b.csv', rows: 7, ragged: 0 }] as Upload['files'];
  const mapping = { name: 'upload', sources: { a: { file: 'a.csv' } } };

  it('is what the try found', () => {
    const job = { kind: 'TRY', status: 'DONE', report: { sources: [{ rows: 5, rejected: 2 }] } } as Upload['job'];
    expect(expected({ files, mapping, job })).toEqual({ ready: 3, rejected: 2 });
  });

  it('is without a try that all rows go in but those that do not fit their header', () => {
    expect(expected({ files, mapping, job: null })).toEqual({ ready: 4, rejected: 1 });
    expect(expected({ files, mapping: null, job: null })).toEqual({ ready: 0, rejected: 0 });
  });
});

describe('what was guessed', () => {
  const rule = { type: 'Person', key: ['code'], fields: { code: 'ID', name: { column: 'Name' } } };
  const source: Source = { file: 'people.csv', records: { record: rule }, links: [{ relation: 'WORKS_AT', from: 'record', to: { type: 'Company', by: { name: 'Firm' } } }] };
  const guess = (column: string, field: string | null, relation: string | null = null) => ({ column, field, relation });

  it('is told where it still holds, and not where somebody chose otherwise', () => {
    expect(followed(guess('ID', 'code'), source, rule)).toBe(true);
    expect(followed(guess('Name', 'title'), source, rule)).toBe(false);
    expect(followed(guess('Firm', null, 'WORKS_AT'), source, rule)).toBe(true);
    expect(followed(guess('Firm', null, 'KNOWS'), source, rule)).toBe(false);
    expect(followed(guess('Other', null), source, rule)).toBe(false);
  });
});
