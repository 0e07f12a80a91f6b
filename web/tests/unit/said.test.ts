import { describe, expect, it } from 'vitest';
import { catalogue as en } from '@/i18n/en';
import { catalogue as fa } from '@/i18n/fa';
import { catalogue as ru } from '@/i18n/ru';
import { afterColon, said } from '@/lib/said';
import { speechOf } from './speech';

const SPEECH = { en: speechOf(en, 'en'), ru: speechOf(ru, 'ru'), fa: speechOf(fa, 'fa') };
const bare = (text: string | null): string | undefined => text?.replace(/[\u2066-\u2069]/g, '');

describe('what the server says', () => {
  it('is filled with its facts, names kept apart from the text around them', () => {
    const facts = { case: 'key', name: 'size', type: 'Firm' };

    expect(said('problem.unknown_field', facts, SPEECH.ru)).toBe('В ключе стоит \u2068size\u2069, а такого поля у \u2068Firm\u2069 нет.');
    expect(bare(said('problem.too_long', { longest: 1000, length: 1200 }, SPEECH.fa))).toBe('حداکثر ۱٬۰۰۰ نویسه؛ این ۱٬۲۰۰ نویسه دارد.');
  });

  it('names kinds, ends and rules in words', () => {
    const changed = { name: 'OWNS', end: 'source', on_delete: 'refuse', on_delete_before: 'unlink' };

    expect(bare(said('change.on_delete_changed', changed, SPEECH.ru))).toBe(
      'Удаление записи на конце «откуда» связи OWNS: отказать, пока есть ссылки, а было: ссылки завершаются.',
    );
    expect(bare(said('change.kind_changed', { name: 'Firm.size', kind: 'integer' }, SPEECH.ru))).toBe('У Firm.size теперь вид «Целое число»; значения остаются.');
  });

  it('tells the reason inside of what it is the reason for, and the cure behind it', () => {
    const because = { code: 'too_small', least: 5 };
    const way = { case: 'records', count: 3, of: 'records', mend: 'missing', owner: 'Firm', field: 'size', name: 'Firm.size' };

    expect(bare(said('problem.bad_default', { because }, SPEECH.ru))).toBe('Значение по умолчанию не годится: самое меньшее 5; администратор может опустить предел поля.');
    expect(bare(said('problem.not_yaml', { case: 'because', because: { code: 'yaml', case: 'quote', begun: 2 } }, SPEECH.ru))).toBe(
      'Это не YAML: кавычка, открытая в строке 2, не закрыта; закройте её.',
    );
    expect(bare(said('problem.data_in_the_way', way, SPEECH.ru))).toBe(
      'Мешают 3 записи. У Firm не заполнено size. Задайте значение по умолчанию, которое их заполнит, или сначала заполните их.',
    );
  });

  it('goes on with a small letter after a colon where the language has them, and keeps what is no word of it', () => {
    expect(afterColon('Нужно целое число.')).toBe('нужно целое число.');
    expect(afterColon('В ключе стоит имя.')).toBe('в ключе стоит имя.');
    expect(afterColon('API уже есть.')).toBe('API уже есть.');
    expect(afterColon("\u2068'Много'\u2069 не годится.")).toBe("\u2068'Много'\u2069 не годится.");
  });

  it('tells what was probably meant', () => {
    expect(bare(said('problem.unknown_signal', { name: "'oders'", near: { close: ['orders'] } }, SPEECH.ru))).toBe("Сигнала 'oders' нет. Может быть, orders?");
    expect(bare(said('problem.unknown_signal', { name: "'x'", near: { known: [] } }, SPEECH.ru))).toBe("Сигнала 'x' нет. Пока нет ни одного.");
  });

  it('tells what a filter in words lacks, signs and words of its language as they are written', () => {
    const words = { case: 'expected', expected: 'value', token: 'end' };
    const sign = { case: 'expected', expected: "')'", token: "'x'" };

    expect(said('problem.syntax_error', words, SPEECH.ru)).toBe(
      'Ожидается значение (текст в кавычках, число, true, false, null или $parameter), а здесь конец текста.',
    );
    expect(said('problem.syntax_error', sign, SPEECH.fa)).toBe("اینجا \u2068')'\u2069 لازم است، ولی \u2068'x'\u2069 آمده است.");
  });

  it('is left to the server where the catalogue has no words, or a fact is missing', () => {
    expect(said('problem.of_tomorrow', {}, SPEECH.ru)).toBeNull();
    expect(said('problem.too_long', { longest: 5 }, SPEECH.ru)).toBeNull();
    expect(said('problem.too_long', { longest: 5, length: 6 }, SPEECH.en)).toBeNull();
  });
});
