import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '@/meta/undone';

const t = ((key: string, given?: Record<string, string>) => [key, ...Object.values(given ?? {})].join(' ')) as unknown as TFunction;
const format = { moment: (iso: string) => iso.slice(0, 10) };
const told = (reason: string): string => reasonOf(reason, t, format);

describe('why a change was made', () => {
  it('is told without ids where others were taken back', () => {
    expect(told('undo of change set 019a-77')).toBe('record:undid.change');
    expect(told('undo of change 019a-77: typed twice: twice')).toBe('record:undid.change: typed twice: twice');
    expect(told('undo of import 019a-77')).toBe('record:undid.import');
    expect(told('undo of what ann did from 2026-11-26T08:00:00+00:00 to 2026-11-27T08:00:00+00:00: by mistake')).toBe(
      'record:undid.activity ann 2026-11-26 2026-11-27: by mistake',
    );
  });

  it('is left as a person wrote it', () => {
    expect(told('undo of the merger')).toBe('undo of the merger');
    expect(told('moved house')).toBe('moved house');
  });
});
