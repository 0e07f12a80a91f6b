import { Link } from '@tanstack/react-router';
import { kindOf } from '@/meta/kinds';
import type { Field } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Badge } from '@/ui/Badge';

const hasValue = (row: Row) => (field: Field) => row[field.name] !== null && row[field.name] !== undefined;

/** A record in a list on a phone: its name, a line of facts, and its first figure at the far side. */
export function RecordCard({ row, fields }: { row: Row; fields: readonly Field[] }) {
  const filled = fields.filter(hasValue(row));
  const figure = filled.find((field) => kindOf(field).end);
  const facts = filled.filter((field) => field !== figure).slice(0, 2);
  return (
    <Link to="/r/$id" params={{ id: row.id }}>
      <Badge text={row.displayName} seed={row.id} size={38} />
      <b className="cut" dir="auto">
        {row.displayName}
      </b>
      <small className="cut card-facts">
        {facts.map((field) => {
          const { Cell } = kindOf(field);
          return <Cell key={field.name} value={row[field.name]} field={field} />;
        })}
      </small>
      {figure && <Figure row={row} field={figure} />}
    </Link>
  );
}

function Figure({ row, field }: { row: Row; field: Field }) {
  const { Cell } = kindOf(field);
  return (
    <span className="side">
      <Cell value={row[field.name]} field={field} />
    </span>
  );
}
