import { describe, expect, it } from 'vitest';
import type { EntityType, Field, Model } from '@/meta/model';
import { curl, examplesOf } from '@/pages/api/examples';

const words = { en: 'x', ru: 'x', fa: 'x' };
const field = (name: string, kind: string, more: Partial<Field> = {}): Field => ({
  ...words, name, kind, required: false, unique: false, readOnly: false, searchable: false, isList: false, default: null, options: {}, help: null, ...more,
});
const TYPE = {
  name: 'Visit', plural: 'Visits', icon: '', color: '', display: '{name}', pack: '', one: 'visit', many: 'visits', label: words, labels: words, order: [], naturalKeys: [],
  fields: [
    field('name', 'text', { required: true }),
    field('fee', 'money', { required: true, options: { currency: 'IRR' } }),
    field('state', 'choice', { required: true, options: { choices: [{ value: 'open' }] } }),
  ],
  relations: [{ ...words, name: 'about', relation: 'ABOUT', direction: 'out', types: ['A', 'B'], most: null }, { ...words, name: 'guests', relation: 'CAME', direction: 'in', types: ['Person'], most: null }],
} as EntityType;
const MODEL = { version: 1, types: [TYPE] } as Model;

describe('examples of the API', () => {
  const examples = examplesOf(MODEL);
  const example = (key: string) => examples.find((each) => each.key === key)!;

  it('ask for fields and relations that the model has', () => {
    expect(example('list').query).toContain('nodes { id name state }');
    expect(example('relations').query).toContain('guests(first: 3)');
    expect(example('figures').query).toContain('aggregate { count fee {');
  });

  it('make a record of what is required', () => {
    expect(example('create').variables).toEqual({ input: { data: { name: 'Example', fee: { amount: '100.00', currency: 'IRR' }, state: 'open' } } });
  });

  it('are few where there is no model yet', () => {
    expect(examplesOf({ ...MODEL, types: [] }).map(({ key }) => key)).toEqual(['me', 'model']);
  });

  it('can be asked from a shell, whatever they quote', () => {
    expect(curl('https://x.org', { query: "{ a(b: \"it's\") }" })).toContain("it'\\''s");
  });
});
