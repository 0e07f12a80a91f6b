import { Link } from '@tanstack/react-router';
import { useFormat } from '@/lib/useSettings';
import './charts.css';

interface Props {
  rows: readonly { key: string; text: string; value: number; records?: readonly { id: string; title: string }[] }[];
  moreIsBetter: boolean;
}

/** What each reason adds or takes: bars from one middle, with their signs. */
export function Contributions({ rows, moreIsBetter }: Props) {
  const format = useFormat();
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 1e-9);
  return (
    <ul className="contributions">
      {rows.map(({ key, text, value, records = [] }) => {
        const tone = value > 0 === moreIsBetter ? 'good' : 'bad';
        const width = (Math.abs(value) / most) * 50;
        const look = { width: `${width}%`, insetInlineStart: value > 0 ? '50%' : `${50 - width}%`, background: `var(--x-${tone}-fill)` };
        return (
          <li key={key}>
            <span dir="auto">
              {text}
              {records.slice(0, 2).map(({ id, title }) => (
                <Link key={id} to="/r/$id" params={{ id }} className="cut" dir="auto">
                  {title}
                </Link>
              ))}
            </span>
            <span className="contribution-bar" aria-hidden="true">
              <i style={look} />
            </span>
            <bdi className={`num ${tone}`}>{format.signed(value, Math.abs(value) < 1 ? 1 : 0)}</bdi>
          </li>
        );
      })}
    </ul>
  );
}
