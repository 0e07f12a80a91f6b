import { describe, expect, it } from 'vitest';
import {
  assign, changeLink, columnOfEnd, columnsOf, endBy, fieldOf, fieldsOf, firstRule, isReady, nameOfFile, withDate, withExisting, withFile, withKey, withLink,
  type Mapping,
} from '@/pages/import/mapping';
import { ENCODINGS, offered } from '@/pages/import/reading';

const MAPPING: Mapping = {
  name: 'upload',
  sources: {
    people: {
      file: 'people.csv',
      records: {
        record: { type: 'Person', key: ['code'], fields: { code: 'ID', name: { join: ['First', 'Last'], with: ' ' }, bornOn: { column: 'Born', date: '%d.%m.%Y' } } },
      },
    },
  },
};
const ruleOf = (mapping: Mapping) => firstRule(mapping.sources.people)?.[1];

describe('a mapping', () => {
  it('tells the columns a value is made of', () => {
    expect([columnsOf('ID'), columnsOf({ join: ['a', 'b'] }), columnsOf({ template: '{a} · {b}' }), columnsOf({ value: 1 })]).toEqual([['ID'], ['a', 'b'], ['a', 'b'], []]);
  });

  it('knows which field a column is, and of which it is a part only', () => {
    const rule = ruleOf(MAPPING)!;
    expect([fieldOf(rule, 'Born'), fieldOf(rule, 'First'), fieldsOf(rule, 'First')]).toEqual(['bornOn', undefined, ['name']]);
  });

  it('gives a column another field, and takes it from the one it was', () => {
    const next = ruleOf(assign(MAPPING, 'people', 'Born', 'since'))!;
    expect(Object.keys(next.fields)).toEqual(['code', 'name', 'since']);
    expect(next.fields.since).toBe('Born');
  });

  it('is not ready before a record can be recognised, for which another column can stand in', () => {
    const keyless = withKey(MAPPING, 'people', []);
    const next = withKey(keyless, 'people', ['externalId'], 'ID');

    expect([isReady(keyless), isReady(next)]).toEqual([false, true]);
    expect(ruleOf(next)!.fields).toMatchObject({ code: 'ID', externalId: 'ID' });
    expect(ruleOf(withKey(keyless, 'people', ['code'], 'First'))!.fields.code).toBe('ID');
  });

  it('drops the key with the column that it was made of', () => {
    const next = ruleOf(assign(MAPPING, 'people', 'ID', undefined))!;
    expect([next.key, 'code' in next.fields]).toEqual([[], false]);
  });

  it('keeps how days are written with the column', () => {
    expect(ruleOf(withDate(MAPPING, 'people', 'Born', 'bornOn', '%m/%d/%Y'))?.fields.bornOn).toEqual({ column: 'Born', date: '%m/%d/%Y' });
    expect(ruleOf(withDate(MAPPING, 'people', 'Born', 'bornOn', ''))?.fields.bornOn).toBe('Born');
  });

  it('takes links on and off', () => {
    const link = { relation: 'WORKS_AT', from: 'record', to: endBy('Company', 'code', 'Firm') };
    const linked = withLink(MAPPING, 'people', link);
    expect(linked.sources.people?.links).toEqual([link]);
    expect(columnOfEnd(link.to)).toBe('Firm');
    expect(changeLink(linked, 'people', 0, undefined)).toEqual(MAPPING);
  });

  it('leaves a file out, and is empty then', () => {
    const none = withFile(MAPPING, 'people', undefined);
    expect([isReady(none), isReady(MAPPING), nameOfFile(MAPPING, 'people.csv')]).toEqual([false, true, 'people']);
  });

  it('says what happens to what exists, and what tells records apart', () => {
    expect(withExisting(MAPPING, 'keep').existing).toBe('keep');
    expect(ruleOf(withKey(MAPPING, 'people', ['name']))?.key).toEqual(['name']);
  });
});

describe('how a file is read', () => {
  it('is offered with what was found, whatever that is', () => {
    expect(offered(ENCODINGS, 'cp1251')).toEqual([...ENCODINGS]);
    expect(offered([',', ';'], '#')).toEqual(['#', ',', ';']);
  });
});
