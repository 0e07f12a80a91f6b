import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '@/api/failures';
import { asked, folderOf } from '@/embed/asking';
import { sentenceOf } from '@/embed/states';
import { between, languageOf, listed, momentOf } from '@/embed/reader';
import { partsOf, queryOf } from '@/embed/view360/asking';
import { sayer } from '@/embed/words';
import { words as en } from '@/embed/words/en';
import { words as fa } from '@/embed/words/fa';
import { words as ru } from '@/embed/words/ru';

const SOURCES = join(import.meta.dirname, '../../src/embed');

describe('what the elements say', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const keys = files.flatMap((name) => [...readFileSync(join(SOURCES, name), 'utf8').matchAll(/'((?:app|embed|errors|graph|record):[\w.]+)'/g)].map(([, key = '']) => key));

  it.each([['en', en], ['ru', ru], ['fa', fa]] as const)('is all there in %s', (language, words) => {
    const say = sayer(words, language);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => say(key, { count: 5 }) === key)).toEqual([]);
  });

  it('has the plural forms of the language, and values in their places', () => {
    expect(sayer(ru, 'ru')('graph:links', { count: 3, number: '3' })).toBe('3 связи');
    expect(sayer(ru, 'ru')('graph:links', { count: 5, number: '5' })).toBe('5 связей');
    expect(sayer(en, 'en')('embed:back', { name: 'Ada' })).toBe('Back to Ada');
  });
});

describe('what went wrong', () => {
  const wrong = (code: string) => new Failure('rejected', 'all of it', '', [{ code, message: 'There is no type.', path: [] }]);
  const [english, persian] = [sayer(en, 'en'), sayer(fa, 'fa')];

  it('is said in the language of the reader where its code is a common one, of a problem too', () => {
    expect(sentenceOf(wrong('unknown_type'), persian)).toBe(fa.embed.asked);
    expect(sentenceOf(new Failure('too_costly', 'It costs 5.'), persian)).toBe(fa.embed.asked);
    expect(sentenceOf(new Failure('rate_limited', 'Wait.'), english)).toBe(en.errors.unavailable);
  });

  it('is told as the answer of the server where it is not, and never as nothing', () => {
    expect(sentenceOf(wrong('bad_hour'), english)).toBe('There is no type.');
    expect(sentenceOf(wrong('bad_hour'), persian)).toBe(fa.embed.otherwise.replace('{{told}}', 'There is no type.'));
    expect(sentenceOf(new Failure('bad_hour', ''), persian)).toBe(fa.errors.unexpected);
  });
});

describe('attributes', () => {
  it('name the first language that there is', () => {
    expect([languageOf('fa-IR'), languageOf(null, 'de', 'ru-RU'), languageOf('de')]).toEqual(['fa', 'ru', 'en']);
  });

  it('stand for the end of a day, or for a moment', () => {
    expect([momentOf('2026-03-01'), momentOf('2026-03-01T08:00:00Z'), momentOf('')]).toEqual(['2026-03-01T23:59:59Z', '2026-03-01T08:00:00Z', null]);
  });

  it('hold lists and numbers within their bounds', () => {
    expect([listed('Company, Person'), listed(' ')]).toEqual([['Company', 'Person'], null]);
    expect([between('9', 1, 4, 2), between('x', 1, 4, 2), between(null, 1, 4, 2)]).toEqual([4, 2, 2]);
  });

  it('ask only for the parts that are named', () => {
    expect(partsOf(['links', 'health', 'nonsense'])).toEqual(['health', 'links']);
    expect(queryOf(['health'])).not.toContain('timeline');
    expect(partsOf(null)).toHaveLength(7);
  });
});

describe('a question', () => {
  const shown: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    shown.push(request.headers.authorization);
    const good = request.headers.authorization === 'Bearer good';
    response.writeHead(good ? 200 : 401, { 'content-type': 'application/json', 'x-request-id': '42' });
    response.end(JSON.stringify(good ? { data: { me: 'ann' } } : { errors: [] }));
  });
  beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
  afterAll(() => void server.close());
  const question = (token: Parameters<typeof asked>[0]['token']) => ({
    server: folderOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'http://page/'),
    token, query: '{ me }', variables: {}, timeZone: 'UTC', signal: new AbortController().signal,
  });

  it('asks for another token once when the first one is refused', async () => {
    const asking: boolean[] = [];
    const token = ({ refused }: { refused: boolean }): string => {
      asking.push(refused);
      return refused ? 'good' : 'expired';
    };
    expect(await asked(question(token))).toEqual({ me: 'ann' });
    expect([asking, shown]).toEqual([[false, true], ['Bearer expired', 'Bearer good']]);
  });

  it('is refused for good with the id of the answer', async () => {
    const refused = asked(question('expired'));
    await expect(refused).rejects.toBeInstanceOf(Failure);
    await expect(refused).rejects.toMatchObject({ code: 'not_signed_in', correlationId: '42' });
  });
});
