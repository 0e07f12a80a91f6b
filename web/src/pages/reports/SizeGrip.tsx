import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isRightToLeft } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import type { Tile } from './board';
import { sizeFor, steppedBy, type Size } from './sizing';

interface Pull {
  from: { x: number; y: number };
  before: Size;
  /** The tile as it was, and one column and one row with the gap behind them, in pixels. */
  wide: number;
  high: number;
  column: number;
  row: number;
  gap: number;
}

interface Props {
  tile: Tile;
  title: string;
  size: (size: Size) => void;
}

/** The corner by which a tile is pulled larger or smaller, or stepped by the arrow keys; Escape lets go where it was. */
export function SizeGrip({ tile, title, size }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const rightToLeft = isRightToLeft(useSettings().language);
  const pull = useRef<Pull | null>(null);
  const [stepped, setStepped] = useState(false);
  const says = t('reports:sized', { width: format.plain(tile.width), all: format.plain(12), height: format.plain(tile.height) });

  function take(event: PointerEvent<HTMLButtonElement>): void {
    pull.current = pullOf(event, tile);
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent): void {
    const held = pull.current;
    if (!held) return;
    const over = (event.clientX - held.from.x) * (rightToLeft ? -1 : 1);
    const next = sizeFor((held.wide + over + held.gap) / held.column, (held.high + event.clientY - held.from.y + held.gap) / held.row);
    if (next.width !== tile.width || next.height !== tile.height) size(next);
  }

  function press(event: KeyboardEvent): void {
    const held = pull.current;
    const next = event.key === 'Escape' && held ? held.before : steppedBy(event.key, tile, rightToLeft);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    pull.current = null;
    setStepped(true);
    size(next);
  }

  return (
    <>
      <button
        type="button" className="size-grip no-print" aria-label={t('reports:resize', { title })} title={says}
        onPointerDown={take} onPointerMove={move} onPointerUp={() => (pull.current = null)} onPointerCancel={() => (pull.current = null)} onKeyDown={press}
      />
      <span className="hidden-words" role="status">{stepped && says}</span>
    </>
  );
}

function pullOf(event: PointerEvent<HTMLButtonElement>, { width, height }: Tile): Pull {
  const box = event.currentTarget.closest('.tile')!.getBoundingClientRect();
  const gap = Number.parseFloat(getComputedStyle(event.currentTarget.closest('.tiles')!).columnGap) || 0;
  return {
    from: { x: event.clientX, y: event.clientY }, before: { width, height }, wide: box.width, high: box.height, gap,
    column: (box.width + gap) / width, row: (box.height + gap) / height,
  };
}
