import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { isRightToLeft, settings } from '@/lib/settings';

const LEAST = 60;
const MOST = 640;
const STEP = 16;

interface Props {
  width: number;
  name: string;
  change: (width: number) => void;
}

/** The far edge of a column's head: pulled, or moved by the arrow keys. */
export function Edge({ width, name, change }: Props) {
  const from = useRef<{ at: number; width: number } | null>(null);
  const way = isRightToLeft(settings().language) ? -1 : 1;
  const set = (next: number): void => change(Math.round(Math.max(LEAST, Math.min(MOST, next))));

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0;
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    set(width + step * way);
  }

  function begin(event: PointerEvent<HTMLElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { at: event.clientX, width };
  }

  return (
    <span
      className="grid-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={name}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={(event) => from.current && set(from.current.width + (event.clientX - from.current.at) * way)}
      onPointerUp={() => (from.current = null)}
    />
  );
}
