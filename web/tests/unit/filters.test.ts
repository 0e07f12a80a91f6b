import { describe, expect, it } from 'vitest';
import { isWhole, whereOf } from '@/meta/filters';
import type { Field } from '@/meta/model';

const field = (name: string, kind: string): Field => ({
  name, kind, required: false, unique: false, readOnly: false, searchable: false, isList: kind === 'multiChoice',
  default: null, options: {}, help: null, en: name, ru: name, fa: name,
});
const FIELDS = [field('name', 'text'), field('founded', 'integer'), field('opened', 'dateTime'), field('tags', 'multiChoice'), field('stage', 'choice')];

describe('conditions', () => {
  it('become the typed filter of the API', () => {
    expect(whereOf([{ field: 'name', operator: 'contains', value: 'acme' }], FIELDS)).toEqual({ name: { containsIgnoreCase: 'acme' } });
  });

  it('hold together', () => {
    const where = whereOf([{ field: 'founded', operator: 'least', value: '1990' }, { field: 'stage', operator: 'anyOf', value: ['won'] }], FIELDS);
    expect(where).toEqual({ and: [{ founded: { gte: 1990 } }, { stage: { in: ['won'] } }] });
  });

  it('take a whole day where a field keeps moments', () => {
    const where = whereOf([{ field: 'opened', operator: 'between', value: { from: '2026-01-01', to: '2026-01-02' } }], FIELDS, 'Asia/Tehran');
    expect(where).toEqual({ opened: { gte: '2025-12-31T20:30:00.000Z', lt: '2026-01-02T20:30:00.000Z' } });
  });

  it('ask several values of a field for any of them', () => {
    expect(whereOf([{ field: 'tags', operator: 'anyOf', value: ['a', 'b'] }], FIELDS)).toEqual({ tags: { hasAny: ['a', 'b'] } });
  });

  it('that say nothing yet, or of a field that is gone, are left out', () => {
    expect(whereOf([{ field: 'gone', operator: 'empty' }, { field: 'name', operator: 'is', value: '' }], FIELDS)).toBeUndefined();
    expect(isWhole({ field: 'name', operator: 'between', value: { from: '1', to: '' } })).toBe(false);
    expect(isWhole({ field: 'name', operator: 'filled' })).toBe(true);
  });
});
