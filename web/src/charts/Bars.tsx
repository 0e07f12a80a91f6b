import type { CSSProperties, ReactNode } from 'react';
import './charts.css';

export interface Bar {
  key: string;
  label: string;
  value: number;
  words: string;
  figure?: string;
}

interface Props {
  bars: readonly Bar[];
  label: string;
  /** A link around a bar that is not empty, to what is counted in it. */
  link?: (bar: Bar, inside: ReactNode) => ReactNode;
}

/** One bar a period, its `figure` in few letters above it where there is room; runs with the writing, so the newest is at the end in either direction. */
export function Bars({ bars, label, link }: Props) {
  const most = Math.max(...bars.map((bar) => bar.value), 0) || 1;
  const every = Math.ceil(bars.length / 8);
  const words = `${label}. ${bars.filter((bar) => bar.value).map((bar) => bar.words).join('; ')}`;
  return (
    <figure className="bars" {...(link ? { 'aria-label': label } : { role: 'img', 'aria-label': words })}>
      {bars.map((bar, place) => {
        const inside = <Inside bar={bar} share={bar.value / most} named={place % every === 0} />;
        return <div key={bar.key} title={bar.words} aria-hidden={!link || !bar.value || undefined}>{link && bar.value ? link(bar, inside) : inside}</div>;
      })}
    </figure>
  );
}

function Inside({ bar, share, named }: { bar: Bar; share: number; named: boolean }) {
  return (
    <>
      {bar.figure && <b className="num"><bdi>{bar.figure}</bdi></b>}
      <i style={{ '--share': Math.max(0, share) } as CSSProperties} data-empty={!bar.value || undefined} />
      <small>{named ? bar.label : ''}</small>
    </>
  );
}
