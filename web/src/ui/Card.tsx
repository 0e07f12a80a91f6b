import type { CSSProperties, ReactNode } from 'react';

interface Props {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  style?: CSSProperties;
}

/** A titled part of a page. */
export function Card({ title, note, aside, children, className = '', style }: Props) {
  return (
    <section className={`card ${className}`} style={style} aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        {note && <small className="num">{note}</small>}
        <span className="grow" />
        {aside}
      </header>
      {children}
    </section>
  );
}
