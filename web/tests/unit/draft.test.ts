import { describe, expect, it } from 'vitest';
import type { Field } from '@/meta/model';
import { byField, changed, created, startOf } from '@/meta/forms/draft';

const field = (name: string, kind: string, more: Partial<Field> = {}): Field => ({
  name, kind, required: false, unique: false, readOnly: false, searchable: false, isList: false,
  default: null, options: {}, help: null, en: name, ru: name, fa: name, ...more,
});
const FIELDS = [field('name', 'text'), field('headcount', 'integer'), field('revenue', 'money', { options: { currency: 'EUR' } }), field('status', 'choice', { default: 'new' })];

describe('a draft', () => {
  it('begins with what the model gives', () => {
    expect(startOf(FIELDS)).toEqual({ values: { status: 'new' }, links: {}, made: {} });
  });

  it('of a new record sends what was filled in, numbers in any digits', () => {
    const values = { name: 'Acme', headcount: '۱٬۲۰۰', revenue: { amount: '۱۲٫۵', currency: 'EUR' } };
    const { data, wrong } = created(FIELDS, { values, made: {}, links: { owner: [{ id: '7', title: 'Ada' }] } }, [
      { name: 'owner', relation: 'OWNS', direction: 'out' as const, types: ['Person'], most: null, en: '', ru: '', fa: '' },
    ]);
    expect(wrong).toEqual([]);
    expect(data).toEqual({ name: 'Acme', headcount: 1200, revenue: { amount: '12.5', currency: 'EUR' }, owner: { link: [{ id: '7' }] } });
  });

  it('of a change sends only what is another, and null for what was emptied', () => {
    const before = { name: 'Acme', headcount: 5, status: 'new', revenue: null };
    expect(changed(FIELDS, { ...before, name: '', headcount: '6' }, before)).toEqual({ data: { name: null, headcount: 6 }, wrong: [] });
  });

  it('names the fields whose text is no value', () => {
    expect(changed(FIELDS, { headcount: 'many', revenue: { amount: '1,5', currency: 'EUR' } }, {}).wrong).toEqual(['headcount', 'revenue']);
  });

  it('puts problems at their fields, and those of none on top', () => {
    const problems = [
      { code: 'a', message: 'Taken.', path: ['input', 'data', 'name'] },
      { code: 'b', message: 'Too old.', path: ['input', 'version'] },
    ];
    expect([...byField(problems, FIELDS)]).toEqual([['name', ['Taken.']], ['', ['Too old.']]]);
  });
});
