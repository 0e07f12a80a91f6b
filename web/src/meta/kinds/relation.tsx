import { Link } from '@tanstack/react-router';
import { useFormat } from '@/lib/useSettings';
import { type CellProps, type Kind } from './kind';
import { text } from './text';

interface Linked {
  totalCount: number;
  nodes: { id: string; displayName: string }[];
}

/** The first records at the other end, and how many more there are. */
function LinkedCell({ value }: CellProps) {
  const format = useFormat();
  const linked = value as Linked | null;
  if (!linked?.totalCount) return null;
  const rest = linked.totalCount - linked.nodes.length;
  return (
    <span className="related cut">
      {linked.nodes.map((node) => (
        <Link key={node.id} to="/r/$id" params={{ id: node.id }} className="pill" tabIndex={-1}>
          <span dir="auto">{node.displayName}</span>
        </Link>
      ))}
      {rest > 0 && <bdi className="muted num">+{format.number(rest)}</bdi>}
    </span>
  );
}

/** Records of a relation as a column: shown here, changed on the record's page. */
export const relation: Kind = {
  ...text,
  width: 220,
  sortable: false,
  operators: [],
  select: (name) => `${name}(first: 2) { totalCount nodes { id displayName } }`,
  Cell: LinkedCell,
};
