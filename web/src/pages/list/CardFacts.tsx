import { kindOf } from '@/meta/kinds';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';

const MOST = 3;

/** The first facts of a record that its card has room for, its figures among them. */
export function CardFacts({ row, fields, without }: { row: Row; fields: readonly Field[]; without?: Field }) {
  const filled = fields.filter((field) => field !== without && row[field.name] !== null && row[field.name] !== undefined);
  const figure = filled.find((field) => kindOf(field).end);
  const shown = [...(figure ? [figure] : []), ...filled.filter((field) => field !== figure)].slice(0, MOST);
  if (!shown.length) return null;
  return (
    <span className="card-facts">
      {shown.map((field) => {
        const { Cell } = kindOf(field);
        return <Cell key={field.name} value={row[field.name]} field={field} />;
      })}
    </span>
  );
}
