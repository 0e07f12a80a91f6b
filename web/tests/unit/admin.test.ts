import { describe, expect, it } from 'vitest';
import { sentenceOf, told, type AccountChange } from '@/pages/admin/changes';

const change = (kind: AccountChange['kind'], values: AccountChange['values'] = []): AccountChange => ({
  id: '1', at: '2026-11-26T10:00:00Z', kind, account: 'a', name: 'zoe', by: 'b', byName: 'ann', values,
});
const yes = (name: string) => ({ name, before: 'false', after: 'true' });

describe('changes of accounts', () => {
  it('have a sentence each way where they are a yes or a no', () => {
    expect(sentenceOf(change('ADMINISTRATOR', [yes('administrator')]))).toBe('PROMOTED');
    expect(sentenceOf(change('ADMINISTRATOR', [{ name: 'administrator', before: 'true', after: 'false' }]))).toBe('DEMOTED');
    expect(sentenceOf(change('ADDED', [{ name: 'administrator', before: null, after: 'true' }]))).toBe('ADDED_ADMINISTRATOR');
    expect(sentenceOf(change('PASSWORD'))).toBe('PASSWORD');
  });

  it('tell the values that people understand, and of these the changed ones', () => {
    const spent = [{ name: 'token', before: 't', after: 't' }, { name: 'operation', before: '5', after: '5' }, { name: 'minute', before: null, after: '500' }];

    expect(told(change('TOKEN_ALLOWANCE', spent))).toEqual([{ name: 'minute', before: null, after: '500' }]);
    expect(told(change('DISABLED', [yes('disabled')]))).toEqual([]);
    expect(told(change('ADDED', [{ name: 'administrator', before: null, after: 'true' }]))).toEqual([]);
  });
});
