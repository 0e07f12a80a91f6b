import { Link } from '@tanstack/react-router';
import { useFormat } from '@/lib/useSettings';
import { signedBars } from '@/ui/shapes';
import { fillOf } from '@/ui/tones';
import './charts.css';

interface Props {
  rows: readonly { key: string; text: string; value: number; records?: readonly { id: string; title: string }[] }[];
  moreIsBetter: boolean;
}

/** What each reason adds or takes: bars from one middle, with their signs. */
export function Contributions({ rows, moreIsBetter }: Props) {
  const format = useFormat();
  const bars = signedBars(rows.map((row) => row.value), moreIsBetter);
  return (
    <ul className="contributions">
      {rows.map(({ key, text, value, records = [] }, place) => {
        const { width, start, tone } = bars[place]!;
        const look = { width: `${width}%`, insetInlineStart: `${start}%`, background: fillOf(tone) };
        return (
          <li key={key}>
            <span>
              {format.said(text)}
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
