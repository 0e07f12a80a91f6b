import { describe, expect, it } from 'vitest';
import type { EntityType, Field, Model, Side } from '@/meta/model';
import type { Profile } from '@/meta/profiles';
import { dayQuery, lastMonths, measured, outlookQuery, staying } from '@/pages/home/day';
import { ownText } from '@/pages/home/own';

const words = { en: '', ru: '', fa: '' };
const field = (name: string, kind: string): Field => ({
  name, kind, required: false, unique: false, readOnly: false, searchable: false, isList: false, default: null, options: {}, help: null, ...words,
});
const type = (name: string, fields: Field[]): EntityType => ({
  name, plural: `${name}s`, icon: '', color: '', display: '', pack: '', naturalKeys: [], one: name.toLowerCase(), many: `${name.toLowerCase()}s`, label: words, labels: words, order: [], fields, relations: [],
});

const PLANT = type('Plant', [field('goneOn', 'date'), field('state', 'choice')]);
const JOB = type('Job', [field('state', 'choice'), field('until', 'date')]);
const SALE = type('Sale', [field('on', 'date'), field('worth', 'money')]);
const MODEL: Model = { version: 1, types: [PLANT, JOB, SALE], relations: [] };
const PROFILE: Profile = {
  type: 'Plant',
  declared: true,
  leaving: { field: 'goneOn', values: [] },
  signals: [{ name: 'sales', path: ['sales'], type: 'Sale', role: 'BUSINESS', time: 'on', value: 'worth', sign: 1, where: [] }],
  view: { timeline: [], unfinished: [{ path: ['jobs'], type: 'Job', field: 'state', values: ['open'], due: 'until' }] },
};

describe('the start page', () => {
  it('asks for what waits until today in the words of the model', () => {
    const query = dayQuery(MODEL, [PROFILE], { Plant: 3 }, '2026-11-26');

    expect(query).toContain('w0: jobs(first: 10, where: { and: [{ state: { in: ["open"] } }, { until: { lte: "2026-11-26" } }] }, orderBy: [{ until: ASC }])');
    expect(query).toContain('l_Plant: plants(first: 4, orderBy: [{ updatedAt: DESC }])');
  });

  it('leaves out those who have left, and types without records', () => {
    expect(staying(PROFILE, PLANT)).toBe('{ goneOn: { isNull: true } }');
    expect(staying({ ...PROFILE, leaving: { field: 'state', values: ['dead'] } }, PLANT)).toBe('{ or: [{ state: { isNull: true } }, { state: { notIn: ["dead"] } }] }');
    expect(outlookQuery(MODEL, [PROFILE], {}, '2025-11-01')).toBe('query Outlook { me { id } }');
  });

  it('asks under no more than a hundred aliases, of however many types', () => {
    const types = Array.from({ length: 150 }, (_, at) => type(`Sort${at}`, [field('state', 'choice'), field('until', 'date')]));
    const counts = Object.fromEntries(types.map(({ name }) => [name, 1]));
    const unfinished = types.map(({ name }) => ({ path: ['x'], type: name, field: 'state', values: ['open'], due: 'until' }));
    const signals = types.map(({ name }) => ({ ...PROFILE.signals[0]!, type: name, time: 'until', role: 'CONTACT' as const }));
    const profiles = types.map(({ name }) => ({ ...PROFILE, type: name, signals, view: { timeline: [], unfinished: [] } }));
    const model = { version: 1, types, relations: [] };
    const aliases = (query: string) => query.match(/\w+: [a-z]\w*[( ]/g)?.filter((found) => !/^(first|where|orderBy|during|in|lte|gte)/.test(found)).length ?? 0;

    expect(aliases('{ w0: sorts(first: 10) { totalCount nodes { due: until } } }')).toBe(2);
    expect(aliases(dayQuery(model, [{ ...PROFILE, view: { timeline: [], unfinished } }, ...profiles], counts, '2026-11-26'))).toBeLessThanOrEqual(100);
    expect(aliases(outlookQuery(model, profiles, counts, '2025-11-01'))).toBeLessThanOrEqual(100);
  });

  it('adds up what came in by months', () => {
    expect(measured([PROFILE], MODEL, { Plant: 1 }).map((each) => [each.type.name, each.value?.name])).toEqual([['Sale', 'worth']]);
    expect(outlookQuery(MODEL, [PROFILE], { Plant: 1 }, '2025-11-01')).toContain('k0: sales(first: 0, where: { on: { gte: "2025-11-01" } })');
    expect(lastMonths('2026-02-14', 3)).toEqual(['2025-12', '2026-01', '2026-02']);
  });
});

describe('the records of the reader', () => {
  const side = (name: string, types: string[], most: number | null): Side => ({ name, relation: name, direction: 'out', types, most, ...words });
  const worker = type('Worker', []);
  const job = { ...JOB, relations: [side('assignee', ['Worker'], 1), side('watchers', ['Worker'], null)] };
  const plant = { ...PLANT, relations: [side('keeper', ['Worker'], 1), side('jobs', ['Job'], null)] };
  const sale = { ...SALE, relations: [side('buyer', ['Worker', 'Plant'], 1)] };
  const model: Model = { ...MODEL, types: [plant, job, sale, worker] };
  const me = { id: 'w1', type: 'Worker' };

  it('are those entrusted to them, where a relation names one of their type alone', () => {
    expect(ownText(job, me)).toBe("any(assignee, id = 'w1')");
  });

  it('are else those linked with them', () => {
    expect(ownText(sale, me)).toBe("any(buyer, id = 'w1')");
    expect(ownText(worker, me)).toBeNull();
  });

  it('narrow the day; a sort of record that nobody can have is not asked for', () => {
    expect(dayQuery(model, [PROFILE], {}, '2026-11-26', me)).toContain(`, whereText: "any(assignee, id = 'w1')", orderBy`);
    expect(dayQuery({ ...model, types: [plant, JOB, sale] }, [PROFILE], {}, '2026-11-26', me)).not.toContain('w0');
    expect(outlookQuery(model, [PROFILE], { Plant: 1 }, '2025-11-01', me)).toContain(`whereText: "any(buyer, id = 'w1')`);
  });
});
