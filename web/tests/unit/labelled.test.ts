import { describe, expect, it } from 'vitest';
import { headingOf, labelled } from '@/meta/labelled';
import type { Model } from '@/meta/types';

const FIELD = { name: 'headcount', en: 'headcount', ru: 'численность', fa: 'تعداد کارکنان' };
const MODEL = {
  version: 1,
  types: [{ name: 'Firm', label: { en: 'firm', ru: 'фирма', fa: 'شرکت' }, fields: [FIELD] }],
  relations: [{ name: 'WORKS_AT', en: 'works at', ru: 'работает в', fa: 'کار می‌کند', fields: [{ ...FIELD, name: 'share', ru: 'доля' }] }],
} as unknown as Model;
const OF = { owner: 'Firm', field: 'headcount' };

describe('a field that a value was refused for', () => {
  it('is named by its label in the language of the reader, of types and of relations', () => {
    expect(headingOf(OF, MODEL, 'ru')).toBe('Численность');
    expect(headingOf(OF, MODEL, 'en')).toBe('Headcount');
    expect(headingOf({ owner: 'WORKS_AT', field: 'share' }, MODEL, 'ru')).toBe('Доля');
  });

  it('is none where the problem is of no field, and where the model is not known or has it no more', () => {
    expect(headingOf(undefined, MODEL, 'ru')).toBe('');
    expect(headingOf(OF, undefined, 'ru')).toBe('');
    expect(headingOf({ owner: 'Firm', field: 'gone' }, MODEL, 'ru')).toBe('');
  });

  it('stands in the facts in the place of its name, and so do its type and what records are told apart by', () => {
    const facts = { type: 'Firm', name: 'headcount', named: "Headcount '5'", values: { headcount: '5' }, ofField: OF };

    expect(labelled(facts, MODEL, 'ru')).toMatchObject({ type: 'фирма', name: 'Численность', named: ['Численность: 5'] });
    expect(labelled({ ofField: OF, least: 0 }, MODEL, 'ru')).toEqual({ ofField: OF, least: 0 });
  });

  it('gives its place to the relation, and to the types that may stand at an end, in refusals of links', () => {
    const facts = { relation: 'WORKS_AT', ofRelation: 'WORKS_AT', allowed: 'Firm, Branch' };

    expect(labelled(facts, MODEL, 'ru')).toMatchObject({ relation: 'Работает в', allowed: ['фирма', 'Branch'] });
    expect(labelled({ relation: 'WORKS_AT' }, MODEL, 'ru')).toEqual({ relation: 'WORKS_AT' });
    expect(labelled(facts, undefined, 'ru')).toMatchObject({ relation: 'WORKS_AT' });
    expect(labelled({ what: 'Firm or Branch' }, MODEL, 'fa')).toEqual({ what: ['شرکت', 'Branch'] });
  });

  it('names the fields that a record of an end was looked for by', () => {
    expect(labelled({ type: 'Firm', ofType: 'Firm', named: 'Headcount 5', values: { headcount: '5' } }, MODEL, 'ru')).toMatchObject({
      type: 'фирма',
      named: ['Численность: 5'],
    });
  });
});
