import { useEffect, useRef, type ReactNode } from 'react';
import { Bone } from '@/ui/Bones';
import type { Lines } from './lines';
import { useSpan } from './useSpan';
import './grid.css';

interface Props<Row> {
  name: string;
  lines: Lines<Row>;
  keyOf: (row: Row) => string;
  card: (row: Row) => ReactNode;
  /** The row at the top when it is shown first, and who is told when another one is there. */
  from?: number | undefined;
  onTop?: ((row: number) => void) | undefined;
}

const HEIGHT = 72;
const BESIDE = 8;

/** The same list on a phone: one card a record, tall enough for a thumb. */
export function CardList<Row>({ name, lines, keyOf, card, from, onTop }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const { length, onSpan } = lines;
  const { first, last, at, drawn, topOf } = useSpan({ box, rows: length, height: HEIGHT, beside: BESIDE, from, list: lines.id });
  useEffect(() => onSpan(first, last), [first, last, onSpan]);
  useEffect(() => onTop?.(at), [at, onTop]);
  const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return (
    <div ref={box} className="cards" tabIndex={0} role="region" aria-label={name}>
      <ul style={{ height: drawn }}>
        {places.map((place) => {
          const row = lines.at(place);
          return (
            <li key={row ? `${place} ${keyOf(row)}` : place} aria-setsize={length} aria-posinset={place + 1} style={{ transform: `translateY(${topOf(place)}px)` }}>
              {row && card(row)}
              {row === undefined && <span className="card-coming"><Bone height={10} /></span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
