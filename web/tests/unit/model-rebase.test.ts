import { describe, expect, it } from 'vitest';
import { changeType, BARE_END, BARE_FIELD, BARE_RELATION, BARE_TYPE, changeEnd, emptyDraft, setField, type Draft } from '@/pages/model/draft';
import type { Design, FieldDefinition } from '@/pages/model/design';
import { patchOf } from '@/pages/model/patch';
import { rebased, withBase } from '@/pages/model/rebase';

const PHONE: FieldDefinition = { ...BARE_FIELD, name: 'phone', kind: 'phone', labels: { en: { other: 'phone' } } };
const FIRM = { where: 'types', name: 'Firm' } as const;

function design(phone: FieldDefinition | null, more: Partial<Design['types'][number]> = {}, most: number | null = null): Design {
  return {
    version: 2,
    types: [{ ...BARE_TYPE, name: 'Firm', plural: 'Firms', labels: { en: { other: 'firms' } }, fields: phone ? [phone] : [], ...more }],
    relations: [{
      ...BARE_RELATION, name: 'OWNS', fields: [],
      source: { ...BARE_END, types: ['Firm'], field: 'owned' }, target: { ...BARE_END, types: ['Firm'], field: 'owners', most },
    }],
  };
}

const BEFORE = { ...design(PHONE), version: 1 };
const begun = (edit: (draft: Draft) => Draft): Draft => withBase(BEFORE, edit(emptyDraft(1)));
const labelled = begun((draft) => setField(draft, FIRM, { ...PHONE, labels: { en: { other: 'telephone' } } }));

describe('a draft that others overtook', () => {
  it('keeps what they changed of the same field', () => {
    const theirs = design({ ...PHONE, searchable: true, labels: { en: { other: 'phone' }, fa: { other: 'تلفن' } } });

    const { draft, clashes } = rebased(theirs, labelled);

    expect(clashes).toEqual([]);
    expect(draft.types.Firm?.fields).toEqual([{ ...PHONE, searchable: true, labels: { en: { other: 'telephone' }, fa: { other: 'تلفن' } } }]);
  });

  it('says what both changed to something else, and keeps its own', () => {
    const { draft, clashes } = rebased(design({ ...PHONE, labels: { en: { other: 'line' } } }), labelled);

    expect(clashes).toEqual([{ owner: 'Firm', field: 'phone', gone: false }]);
    expect(draft.types.Firm?.fields[0]?.labels).toEqual({ en: { other: 'telephone' } });
    expect(rebased(design({ ...PHONE, labels: { en: { other: 'telephone' } } }), labelled).clashes).toEqual([]);
  });

  it('does not bring back a field that they took out', () => {
    const { draft, clashes } = rebased(design(null), labelled);

    expect(clashes).toEqual([{ owner: 'Firm', field: 'phone', gone: true }]);
    expect(draft.types.Firm?.fields).toEqual([]);
  });

  it('meets them in what a type and an end of a relation say', () => {
    const edited = begun((draft) => changeEnd(changeType(draft, 'Firm', { labels: { en: { other: 'companies' } } }), 'OWNS', 'target', { most: 5 }));
    const theirs = design(PHONE, { labels: { en: { other: 'firms' }, ru: { other: 'фирмы' } }, icon: 'home' }, 3);

    const { draft, clashes } = rebased(theirs, edited);

    expect(draft.types.Firm?.attributes).toEqual({ labels: { en: { other: 'companies' }, ru: { other: 'фирмы' } } });
    expect(draft.relations.OWNS?.target).toEqual({ most: 5 });
    expect(clashes).toEqual([{ owner: 'OWNS', gone: false }]);
  });

  it('sends nothing of what it was made from', () => {
    expect(patchOf(labelled).types).toEqual([{ extends: 'Firm', fields: [{ ...PHONE, labels: { en: { other: 'telephone' } } }] }]);
  });
});
