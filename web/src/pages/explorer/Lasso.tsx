import { useRef, useState, type PointerEvent } from 'react';
import { boxOf } from '@/graph/lasso';
import type { Point } from '@/graph/layouts';

export type Tool = 'move' | 'lasso' | 'box';

/** Drawn over the stage: whoever is inside the line is chosen when the pointer lets go. */
export function Lasso({ tool, onLine }: { tool: Exclude<Tool, 'move'>; onLine: (line: readonly Point[], more: boolean) => void }) {
  const [line, setLine] = useState<readonly Point[]>([]);
  const start = useRef<Point | null>(null);

  const at = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  function down(event: PointerEvent): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = at(event);
    setLine([start.current]);
  }
  function move(event: PointerEvent): void {
    if (!start.current) return;
    const here = at(event);
    setLine(tool === 'box' ? boxOf(start.current, here) : [...line, here]);
  }
  function up(event: PointerEvent): void {
    start.current = null;
    if (line.length > 2) onLine(line, event.shiftKey);
    setLine([]);
  }
  return (
    <svg className="graph-lasso" onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} aria-hidden="true">
      {line.length > 1 && <polygon points={line.map(({ x, y }) => `${x},${y}`).join(' ')} />}
    </svg>
  );
}
