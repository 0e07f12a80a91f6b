import { describe, expect, it } from 'vitest';
import {
  addType, BARE_END, BARE_FIELD, BARE_RELATION, BARE_TYPE, changeType, countOf, dropField, dropOwner, emptyDraft, keepField, keepOwner,
  orderFields, setField,
} from '@/pages/model/draft';
import { designed, lean } from '@/pages/model/designed';
import type { Design, FieldDefinition } from '@/pages/model/design';
import { patchOf, placeOf } from '@/pages/model/patch';

const field = (name: string, kind = 'text'): FieldDefinition => ({ ...BARE_FIELD, name, kind });
const DESIGN: Design = {
  version: 7,
  types: [{ ...BARE_TYPE, name: 'Firm', plural: 'Firms', fields: [field('name'), field('city')] }],
  relations: [
    {
      ...BARE_RELATION, name: 'OWNS', fields: [],
      source: { ...BARE_END, types: ['Firm'], field: 'owned' }, target: { ...BARE_END, types: ['Firm'], field: 'owners' },
    },
  ],
};
const FIRM = { where: 'types', name: 'Firm' } as const;
const EMPTY = emptyDraft(7);
const firm = (draft = EMPTY) => designed(DESIGN, draft).types.find((type) => type.name === 'Firm')!;

describe('a draft of the model', () => {
  it('shows what is new, changed and dropped', () => {
    let draft = setField(EMPTY, FIRM, { ...field('city'), required: true });
    draft = setField(draft, FIRM, field('size', 'integer'));
    draft = dropField(draft, FIRM, 'name', true);

    expect(firm(draft).state).toBe('changed');
    expect(firm(draft).fields.map(({ name, state }) => [name, state])).toEqual([['name', 'dropped'], ['city', 'changed'], ['size', 'made']]);
    expect(designed(DESIGN, draft).relations[0]?.state).toBe('kept');
    expect(countOf(draft)).toBe(2);
  });

  it('forgets a new field that is dropped, and brings back one of the model', () => {
    const dropped = dropField(dropField(setField(EMPTY, FIRM, field('size')), FIRM, 'size', false), FIRM, 'city', true);

    expect(firm(dropped).fields.map(({ name }) => name)).toEqual(['name', 'city']);
    expect(firm(keepField(dropped, FIRM, 'city')).fields[1]?.state).toBe('kept');
  });

  it('drops a type with what was to be changed of it', () => {
    const draft = dropOwner(dropField(changeType(EMPTY, 'Firm', { icon: 'store' }), FIRM, 'city', true), FIRM);

    expect([draft.types, draft.drop]).toEqual([{}, { types: ['Firm'], relations: [], fields: [] }]);
    expect(firm(keepOwner(draft, FIRM)).state).toBe('kept');
    expect(dropOwner(addType(EMPTY, { ...BARE_TYPE, name: 'Visit', fields: [] }), { where: 'types', name: 'Visit' })).toEqual(EMPTY);
  });

  it('is nothing where it says the same as the model', () => {
    const gone = dropField(dropOwner(changeType(EMPTY, 'Firm', { plural: 'Firms' }), { where: 'relations', name: 'LEFT' }), FIRM, 'left', true);

    expect(countOf(lean(DESIGN, gone))).toBe(0);
    expect(lean(DESIGN, dropField(EMPTY, FIRM, 'city', true)).drop.fields).toEqual(['Firm.city']);
  });

  it('is sent as new parts by name and others as extensions', () => {
    const draft = addType(changeType(EMPTY, 'Firm', { color: '#123456' }), { ...BARE_TYPE, name: 'Visit', plural: 'Visits', fields: [field('on', 'date')] });
    const { types } = patchOf(setField(draft, FIRM, { ...firm().fields[1]!, unique: true })) as { types: Record<string, unknown>[] };

    expect(types.map(({ name, extends: known }) => [name, known])).toEqual([[undefined, 'Firm'], ['Visit', undefined]]);
    expect(types[0]).toEqual({ extends: 'Firm', color: '#123456', fields: [{ ...field('city'), unique: true }] });
  });

  it('puts fields in order, of which the plan hears', () => {
    const draft = orderFields(setField(EMPTY, FIRM, field('size')), FIRM, ['size', 'city', 'name']);

    expect(firm(draft).fields.map(({ name }) => name)).toEqual(['size', 'city', 'name']);
    expect([firm(draft).state, firm(orderFields(EMPTY, FIRM, ['name', 'city'])).state]).toEqual(['changed', 'kept']);
    expect(patchOf(dropField(draft, FIRM, 'city', true))).toMatchObject({ types: [{ extends: 'Firm', fieldOrder: ['size', 'name'] }] });
    expect(patchOf(dropField(draft, FIRM, 'size', false))).toMatchObject({ types: [{ fieldOrder: ['city', 'name'] }] });
    expect(lean(DESIGN, orderFields(EMPTY, FIRM, ['city', 'gone', 'name'])).types.Firm?.fieldOrder).toEqual(['city', 'name']);
    expect(lean(DESIGN, orderFields(EMPTY, FIRM, ['name', 'city'])).types).toEqual({});
  });

  it('knows where a problem stands, told by places or by names', () => {
    const draft = setField(changeType(EMPTY, 'Firm', {}), FIRM, field('size', 'choice'));

    expect(placeOf(['types', 0, 'fields', 0, 'options', 'choices'], draft)).toEqual({ owner: FIRM, field: 'size', attribute: 'options.choices' });
    expect(placeOf(['relations', 'OWNS', 'source', 'types', 0], draft)).toEqual({ owner: { where: 'relations', name: 'OWNS' }, attribute: 'source.types.0' });
    expect(placeOf(['types', 'Firm', 'fields', 'city', 'required'], draft)).toEqual({ owner: FIRM, field: 'city', attribute: 'required' });
    expect(placeOf(['drop', 'fields', 0], draft)).toEqual({ attribute: 'drop.fields.0' });
  });
});
