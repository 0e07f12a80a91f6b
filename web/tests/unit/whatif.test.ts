import { describe, expect, it } from 'vitest';
import type { Side } from '@/meta/types';
import { inputOf, refusedOf, sidesTo, supposedIn, whatIfSearch, withSupposed, type Supposed } from '@/pages/whatif/scenario';

const LINK = { relation: 'WORKS_AT', source: 'ann', target: 'acme' };

describe('a scenario in the address', () => {
  it('keeps what it understands and drops the rest', () => {
    const given = { remove: ['ann', 3, ''], end: [LINK, { relation: 'KNOWS' }], add: [LINK], score: 'health', hops: 99, from: 'acme' };
    expect(whatIfSearch(given)).toEqual({ remove: ['ann'], end: [LINK], from: 'acme' });
  });

  it('takes a single record as it is written by hand, and covers what it does not understand', () => {
    const search = whatIfSearch({ remove: 'ann', end: 'acme' });

    expect(search).toEqual({ remove: ['ann'] });
    expect({ end: 'acme', ...search }.end).toBeUndefined();
  });

  it('is the same after it was taken apart and put together, each supposition once', () => {
    const search = { remove: ['ann'], end: [LINK], weigh: [{ ...LINK, weight: 3 }], add: [{ ...LINK, weight: 1 }], score: 'churn' as const };
    const twice: Supposed[] = [...supposedIn(search), { kind: 'remove', id: 'ann' }];
    expect(withSupposed(search, twice)).toEqual(search);
  });

  it('loses a part that nothing is supposed of any more', () => {
    expect(withSupposed({ remove: ['ann'], type: 'Company' }, [])).toEqual({ type: 'Company' });
  });
});

describe('what the API is asked to suppose', () => {
  it('is nothing while nothing is supposed', () => {
    expect(inputOf({ score: 'churn', type: 'Company' })).toBeNull();
  });

  it('is all of it, with whom to reach from', () => {
    expect(inputOf({ remove: ['ann'], from: 'acme', hops: 2 })).toEqual({
      removeRecords: ['ann'], endLinks: [], addLinks: [], weights: [], engine: 'influence', type: null, reachFrom: ['acme'], hops: 2,
    });
  });
});

describe('what was refused', () => {
  const problem = (...path: string[]) => ({ code: 'not_found', message: '', path });
  const search = { remove: ['ann', 'bob'], end: [LINK], add: [{ ...LINK, source: 'ann', target: 'eve', weight: 1 }] };

  it('is the suppositions that speak of what is not there', () => {
    const refused = refusedOf(search, [problem('removeRecords', 'bob'), problem('endLinks', 'WORKS_AT', 'ann', 'acme'), problem('addLinks', 'eve')]);
    expect(refused.map(({ one }) => one.kind)).toEqual(['remove', 'end', 'add']);
    expect(refused[0]).toEqual({ one: { kind: 'remove', id: 'bob' }, problem: problem('removeRecords', 'bob') });
  });

  it('is none of them where something else was wrong', () => {
    expect(refusedOf(search, [problem('type'), problem('removeRecords', 'carl'), problem('endLinks')])).toEqual([]);
  });
});

describe('the relations offered between two records', () => {
  const side = (name: string, ...types: string[]) => ({ name, relation: name.toUpperCase(), direction: 'out', types }) as unknown as Side;
  const sides = [side('worksAt', 'Company'), side('knows', 'Person'), side('owns', 'Company', 'Product')];

  it('are those that take the type of the other one', () => {
    expect(sidesTo(sides, 'Company').map(({ name }) => name)).toEqual(['worksAt', 'owns']);
    expect(sidesTo(sides, 'Lead')).toEqual([]);
  });
});
