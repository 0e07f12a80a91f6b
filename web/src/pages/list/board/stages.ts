/** The columns of a board: the choices of a field in the model's order, and one for records without any. */
import { figuresOf, nodes } from '@/meta/compose';
import { both, type Where } from '@/meta/filters';
import { kindOf } from '@/meta/kinds';
import type { Choice, EntityType, Field } from '@/meta/model';

export interface Stage {
  /** The choice's value, or nothing. */
  value: string;
  choice: Choice | undefined;
}

export function stagesOf(field: Field): Stage[] {
  const stages: Stage[] = (field.options.choices ?? []).map((choice) => ({ value: choice.value, choice }));
  return field.required ? stages : [...stages, { value: '', choice: undefined }];
}

export const stageWhere = (field: Field, value: string, where: Where | undefined): Where | undefined =>
  both(where, { [field.name]: value ? { eq: value } : { isNull: true } });

/** The figure that columns are added up by: the first amount, else the first number. */
export function summed(fields: readonly Field[]): Field | undefined {
  const adding = fields.filter((field) => kindOf(field).total?.name === 'sum');
  return adding.find((field) => field.kind === 'money') ?? adding[0];
}

/** The first records of every stage with its count and sum, in one operation. */
export function boardQuery(type: EntityType, fields: readonly Field[], stages: readonly Stage[], sum: Field | undefined): string {
  const asked = stages.map((_, place) => `$w${place}: ${type.name}Filter, $n${place}: Int!`).join(', ');
  const columns = stages.map(
    (_, place) => `s${place}: ${type.many}(where: $w${place}, whereText: $text, orderBy: $order, first: $n${place}) {
    ${nodes(fields)} pageInfo { hasNextPage endCursor } totalCount ${sum ? figuresOf([sum]) : ''}
  }`,
  );
  return `query Board($text: FilterText, $order: [${type.name}Order!], ${asked}) { ${columns.join('\n')} }`;
}
