import { describe, expect, test } from 'vitest';
import { asked } from '@/meta/forms/asked';
import { created } from '@/meta/forms/draft';
import type { Field } from '@/meta/model';

const field = (name: string, more: Partial<Field> = {}): Field =>
  ({ name, kind: 'text', required: false, unique: false, readOnly: false, searchable: false, isList: false, default: null, options: {}, help: null, en: name, ru: name, fa: name, ...more });
const FIELDS = [
  field('status', { kind: 'choice', options: { choices: [{ value: 'open' }, { value: 'lost' }] } }),
  field('reason', { when: { field: 'status', values: ['lost'], required: true } }),
  field('gift', { kind: 'boolean' }),
  field('note', { when: { field: 'gift', values: [false], required: false } }),
];
const names = (fields: readonly Field[]): string[] => fields.map((each) => each.name);

describe('fields that are asked for at times', () => {
  test('stand in the form with the values that ask for them, in their place', () => {
    expect(names(asked(FIELDS, {}))).toEqual(['status', 'gift']);
    expect(names(asked(FIELDS, { status: 'open', gift: true }))).toEqual(['status', 'gift']);
    expect(names(asked(FIELDS, { status: 'lost', gift: false }))).toEqual(['status', 'reason', 'gift', 'note']);
  });

  test('are required only then, and only where the model says so', () => {
    expect(asked(FIELDS, { status: 'lost', gift: false }).map((each) => each.required)).toEqual([false, true, false, false]);
    expect(asked(FIELDS, { status: 'open' }, { reason: 'price' }).map((each) => each.required)).toEqual([false, false, false]);
  });

  test('stay in sight where the record holds something', () => {
    expect(names(asked(FIELDS, { status: 'open' }, { reason: 'price' }))).toEqual(['status', 'reason', 'gift']);
    expect(names(asked(FIELDS, { status: 'open' }, { reason: null }))).toEqual(['status', 'gift']);
  });

  test('send nothing while they are not asked for, whatever was typed before', () => {
    const values = { status: 'open', reason: 'price' };
    expect(created(asked(FIELDS, values), { values, links: {}, made: {} }, []).data).toEqual({ status: 'open' });
  });
});
