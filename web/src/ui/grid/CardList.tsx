import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { Bone } from '@/ui/Bones';
import './grid.css';

interface Props<Row> {
  name: string;
  rows: readonly Row[];
  coming: number;
  keyOf: (row: Row) => string;
  onNeed: () => void;
  card: (row: Row) => ReactNode;
}

const HEIGHT = 72;
const NEAR = 30;

/** The same list on a phone: one card a record, tall enough for a thumb. */
export function CardList<Row>({ name, rows, coming, keyOf, onNeed, card }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length + coming,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (coming && last > rows.length - NEAR) onNeed();
  }, [coming, last, rows.length, onNeed]);
  return (
    <div ref={box} className="cards" tabIndex={0} role="region" aria-label={name}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            <li key={row ? keyOf(row) : `coming ${item.index}`} style={{ transform: `translateY(${item.start}px)` }}>
              {row ? card(row) : <span style={{ display: 'block', padding: '28px 16px' }}><Bone height={10} /></span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
