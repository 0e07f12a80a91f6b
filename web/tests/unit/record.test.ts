import { describe, expect, it } from 'vitest';
import { beginning } from '@/meta/forms/beginning';
import { byField, created, linksOf, nested } from '@/meta/forms/draft';
import type { EntityType, Field, Model, Side } from '@/meta/model';
import { endings, loggable, type Profile } from '@/meta/profiles';
import { meetings, settled } from '@/meta/forms/meeting';
import type { View } from '@/meta/view360';
import { turned } from '@/pages/record/linked';
import { dayAt, placeOf, spanOf } from '@/pages/record/past';
import { knownBy, tiesOf } from '@/pages/record/ties';

const words = { en: '', ru: '', fa: '' };
const field = (name: string, kind: string, more: Partial<Field> = {}): Field => ({
  name, kind, required: false, unique: false, readOnly: false, searchable: false, isList: false, default: null, options: {}, help: null, ...words, ...more,
});
const side = (name: string, relation: string, direction: Side['direction'], types: string[]): Side => ({ name, relation, direction, types, most: null, ...words });
const type = (name: string, display: string, fields: Field[], relations: Side[]): EntityType => ({
  name, plural: `${name}s`, icon: '', color: '', display, pack: '', one: name.toLowerCase(), many: `${name.toLowerCase()}s`, label: words, labels: words, order: [], naturalKeys: [], fields, relations,
});

const CHOICES = { choices: [{ value: 'open' }, { value: 'done' }, { value: 'dropped' }] };
const JOB = type('Job', '{what}', [field('what', 'text', { required: true }), field('state', 'choice', { options: CHOICES }), field('until', 'date')], [
  side('on', 'ON', 'out', ['Plant', 'House']),
]);
const PLANT = type('Plant', '{name}', [field('name', 'text', { required: true })], [side('jobs', 'ON', 'in', ['Job'])]);
const MODEL: Model = { version: 1, types: [JOB, PLANT], relations: [] };
const WAITING = { path: ['jobs'], type: 'Job', field: 'state', values: ['open'], due: 'until' };
const PROFILE: Profile = { type: 'Plant', declared: false, leaving: null, signals: [], view: { timeline: [], unfinished: [WAITING] } };

describe('what can be logged beside a record', () => {
  it('is what waits, linked back by the relation that leads to it', () => {
    const [job] = loggable(PROFILE, PLANT, MODEL);

    expect(job).toMatchObject({ type: { name: 'Job' }, back: { name: 'on' }, role: 'task', time: 'until' });
    expect(endings(JOB, WAITING)).toEqual(['done', 'dropped']);
    expect(beginning(job!, '2026-11-26', new Date('2026-11-26T10:00:00Z'), { text: 'Water it' })).toEqual({ what: 'Water it', until: '2026-11-27' });
  });
});

describe('records made with another one', () => {
  const made = [{ type: PLANT, values: { name: 'Fern' } }];

  it('name their type where several may stand', () => {
    expect(linksOf(JOB.relations[0]!, [{ id: '7', title: 'Rose' }], made).data).toEqual({ link: [{ id: '7' }], create: [{ plant: { name: 'Fern' } }] });
    expect(created(JOB.fields, { values: { what: 'Water' }, links: {}, made: {} }, JOB.relations).data).toEqual({ what: 'Water' });
  });

  it('have their problems at their own fields', () => {
    const problem = { code: 'required', message: 'no name', path: ['data', 'on', 'create', 0, 'plant', 'name'] };
    expect(byField([problem], JOB.fields)).toEqual(new Map([[nested('on', 0, 'name'), ['no name']]]));
  });
});

describe('two people who change one record', () => {
  const fields = [field('a', 'text'), field('b', 'text'), field('c', 'text')];
  const before = { a: '1', b: '1', c: '1' };
  const met = meetings(fields, before, { a: '2', b: '1', c: '2' }, { a: '3', b: '3', c: '1' });

  it('meet in the fields that both changed, which are told first', () => {
    expect(met.map(({ field: { name }, both }) => [name, both])).toEqual([['a', true], ['b', false]]);
  });

  it('are told what would be saved of what was typed, and do not meet in the same number', () => {
    const numbers = [field('size', 'integer'), field('age', 'integer')];
    const found = meetings(numbers, { size: 1, age: 1 }, { size: '۷۰۰', age: '۶' }, { size: 600, age: 6 });
    expect(found.map(({ mine, theirs, both }) => [mine, theirs, both])).toEqual([[700, 600, true], [6, 6, false]]);
  });

  it('keep mine where nothing else is chosen, and theirs where I changed nothing', () => {
    expect(settled({ a: '2', b: '1', c: '2' }, met, new Map())).toEqual({ a: '2', b: '3', c: '2' });
    expect(settled({ a: '2', b: '1', c: '2' }, met, new Map([['a', 'theirs' as const]]))).toEqual({ a: '3', b: '3', c: '2' });
  });
});

describe('the slider of the past', () => {
  it('spans the life of a record and marks its changes', () => {
    const { first, last, marks } = spanOf(['2026-01-02T00:00:00Z'], ['2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z'], '2026-11-26');

    expect([dayAt(first), dayAt(last), marks.map(dayAt)]).toEqual(['2026-01-02', '2026-11-26', ['2026-03-01']]);
    expect(placeOf('1970-01-11')).toBe(10);
  });
});

describe('the links of a relation', () => {
  it('turn up, down, and back to their own order', () => {
    const up = turned(undefined, 'role');
    const down = turned(up, 'role');
    expect([up, down, turned(down, 'role')]).toEqual([{ field: 'role', direction: 'ASC' }, { field: 'role', direction: 'DESC' }, undefined]);
  });
});

describe('who knows whom', () => {
  it('tells of each tie who else knows it, the best acquainted first', () => {
    const ties = [{ id: 'a', title: '', says: [], strength: 1 }];
    const links = [{ source: 'b', target: 'a', weight: 1 }, { source: 'a', target: 'c', weight: 2 }, { source: 'a', target: 'self', weight: 9 }];
    expect(knownBy(ties, links, 'self')).toEqual(new Map([['a', ['c', 'b']]]));
  });
});

describe('who knows whom', () => {
  it('says the part that somebody plays by its label, and leaves out what is no part', () => {
    const part = field('part', 'choice', { options: { choices: [{ value: 'decisionMaker', labels: { en: { other: 'decision maker' }, ru: { other: 'решает' } } }] } });
    const relation = (name: string, symmetric: boolean, fields: Field[]) => ({ ...words, name, symmetric, repeatable: false, validity: 'NONE' as const, fields, source: { field: '', types: [] }, target: { field: '', types: [] } });
    const model: Model = {
      version: 1, types: [type('Person', '', [], [side('knows', 'KNOWS', 'both' as Side['direction'], ['Person'])])],
      relations: [relation('KNOWS', true, []), relation('DECIDES', false, [field('since', 'date'), part])],
    };
    const link = { id: 'l', strength: 0.5, values: { createdAt: '2026-01-01', since: '2026-01-01', part: 'decisionMaker' }, record: { id: 'p', type: 'Person', title: 'Ann', values: {} } };
    const view = { sections: [{ field: 'deciders', relation: 'DECIDES', types: ['Person'], label: 'Deciders', count: 1, links: [link] }] } as unknown as View;

    expect(tiesOf(view, model, 'en').map(({ says }) => says)).toEqual([['Deciders', 'decision maker']]);
    expect(tiesOf(view, model, 'ru')[0]?.says[1]).toBe('решает');
  });
});
