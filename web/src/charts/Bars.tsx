import type { CSSProperties } from 'react';
import './charts.css';

interface Props {
  bars: readonly { key: string; label: string; value: number; words: string; figure?: string }[];
  label: string;
}

/** One bar a period, its `figure` in few letters above it where there is room; runs with the writing, so the newest is at the end in either direction. */
export function Bars({ bars, label }: Props) {
  const most = Math.max(...bars.map((bar) => bar.value), 0) || 1;
  const every = Math.ceil(bars.length / 8);
  return (
    <figure className="bars" role="img" aria-label={`${label}. ${bars.filter((bar) => bar.value).map((bar) => bar.words).join('; ')}`}>
      {bars.map((bar, place) => (
        <div key={bar.key} title={bar.words} aria-hidden="true">
          {bar.figure && <b className="num"><bdi>{bar.figure}</bdi></b>}
          <i style={{ '--share': Math.max(0, bar.value / most) } as CSSProperties} data-empty={!bar.value || undefined} />
          <small>{place % every === 0 ? bar.label : ''}</small>
        </div>
      ))}
    </figure>
  );
}
