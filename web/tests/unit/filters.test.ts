import { describe, expect, it } from 'vitest';
import { isWhole, whereOf, type Condition } from '@/meta/filters';
import type { EntityType, Field, Model } from '@/meta/model';

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

  it('ask for places around a point and between corners', () => {
    const place = [field('place', 'geoPoint')];
    expect(whereOf([{ field: 'place', operator: 'near', value: { latitude: '41', longitude: '29', km: '5' } }], place)).toEqual({
      place: { near: { point: { latitude: 41, longitude: 29 }, within: 5000 } },
    });
    expect(isWhole({ field: 'place', operator: 'inBox', value: { south: '1', west: '2', north: '3', east: '' } })).toBe(false);
  });
});

describe('conditions on relations', () => {
  const side = (name: string, types: string[]) => ({ name, relation: name, direction: 'out' as const, types, most: null, en: name, ru: name, fa: name });
  const type = (name: string, fields: Field[], relations: ReturnType<typeof side>[]): EntityType => ({
    name, plural: `${name}s`, icon: '', color: '', display: '{name}', pack: '', naturalKeys: [], one: name.toLowerCase(), many: `${name.toLowerCase()}s`,
    label: { en: name, ru: name, fa: name }, labels: { en: name, ru: name, fa: name }, order: [], fields, relations,
  });
  const person = type('Person', [field('name', 'text')], [side('knows', ['Person'])]);
  const company = type('Company', FIELDS, [side('employees', ['Person']), side('owners', ['Company', 'Person'])]);
  const around = { type: company, model: { version: 1, types: [company, person] } as Model };
  const named: Condition = { field: 'name', operator: 'begins', value: 'A' };
  const asked = (condition: Condition) => whereOf([condition], company.fields, 'UTC', around);

  it('go to any depth', () => {
    const inner: Condition = { field: 'knows', operator: 'none', value: { type: 'Person', conditions: [named] } };
    expect(asked({ field: 'employees', operator: 'some', value: { type: 'Person', conditions: [named, inner] } })).toEqual({
      employees: { some: { node: { and: [{ name: { startsWithIgnoreCase: 'A' } }, { knows: { none: { node: { name: { startsWithIgnoreCase: 'A' } } } } }] } } },
    });
  });

  it('name the type where there may be several', () => {
    expect(asked({ field: 'owners', operator: 'every', value: { type: 'Person', conditions: [named] } })).toEqual({
      owners: { every: { node: { is: { person: { name: { startsWithIgnoreCase: 'A' } } } } } },
    });
  });

  it('count', () => {
    expect(asked({ field: 'employees', operator: 'count', value: { type: 'Person', conditions: [], least: '3' } })).toEqual({ employees: { count: { gte: 3 } } });
    expect(isWhole({ field: 'employees', operator: 'count', value: { type: 'Person', conditions: [] } })).toBe(false);
  });

  it('of a relation that is gone are left out', () => {
    expect(asked({ field: 'gone', operator: 'some', value: { type: 'Person', conditions: [] } })).toBeUndefined();
  });
});
