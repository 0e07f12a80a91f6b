import { describe, expect, it } from 'vitest';
import { dataOf } from '@/api/answers';
import { accepted, refusalOf, type Failure, type Problem } from '@/api/failures';

const PROBLEMS: Problem[] = [
  { code: 'too_long', message: 'At most 3 characters; this has 5.', path: ['name'], details: { longest: 3, length: 5 } },
  { code: 'taken', message: 'This name is taken.', path: ['name'] },
];

const answer = (done: unknown): Response => new Response(JSON.stringify({ data: { done } }), { headers: { 'x-request-id': 'r-17' } });

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    return error as Failure;
  }
  throw new Error('nothing was refused');
}

describe('a change that was refused', () => {
  it('fails with every code, its facts, and the id under which the log tells of it', async () => {
    const { done } = await dataOf<{ done: { errors: Problem[] } }>(answer({ errors: PROBLEMS }));

    expect(failureOf(() => accepted(done))).toMatchObject({ code: 'too_long', message: PROBLEMS[0]!.message, correlationId: 'r-17', problems: PROBLEMS });
  });

  it('tells each fault of a filter in words by its own code, with its place and its facts', async () => {
    const fault = { code: 'unknown_field', message: 'Company has no field.', line: 1, column: 4, length: 5, details: { case: 'of_type', name: 'x' } };
    const errors = [{ message: 'whereText: …', extensions: { code: 'bad_expression', faults: [fault] } }];

    await expect(dataOf(new Response(JSON.stringify({ errors })))).rejects.toMatchObject({
      code: 'bad_expression',
      problems: [{ code: 'unknown_field', message: fault.message, details: { case: 'of_type', name: 'x', line: 1, column: 4 } }],
    });
  });

  it('answers what it did where nothing was wrong', async () => {
    const { done } = await dataOf<{ done: { id: string; errors: Problem[] } }>(answer({ id: '5', errors: [] }));

    expect(accepted(done).id).toBe('5');
    expect(refusalOf([])).toBeNull();
  });
});
