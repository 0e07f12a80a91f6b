import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { placed } from '@/charts/forces';
import { useSize } from '@/charts/useSize';
import '@/charts/sheets.css';
import type { ToldPart } from '../answer';
import type { Tile } from '../board';

interface Props {
  tile: Tile;
  part: ToldPart;
  title: string;
}

interface Seen {
  title: string;
  near: boolean;
  links: number;
}

const EDGE = 22;
const NAMED = 14;

/** Records and what a relation leads from them to, as a small network. */
export default function Network({ tile, part, title }: Props) {
  const go = useNavigate();
  const [box, { width, height }] = useSize();
  const { seen, links, dots } = useMemo(() => networkOf(part, tile.source.link), [part, tile.source.link]);
  const named = new Set([...seen].sort(([, a], [, b]) => b.links - a.links).slice(0, NAMED).map(([id]) => id));
  const x = (place: number): number => EDGE + place * (width - 2 * EDGE);
  const y = (place: number): number => EDGE / 2 + place * (height - EDGE - 14);
  const at = new Map(dots.map((dot) => [dot.id, dot]));
  return (
    <div className="network-chart">
      <div ref={box} style={{ height: '100%' }}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={`${title}. ${[...seen.values()].slice(0, 12).map((each) => each.title).join(', ')}`}>
            {links.map(([from, to]) => {
              const [a, b] = [at.get(from)!, at.get(to)!];
              return <line key={`${from} ${to}`} x1={x(a.x)} y1={y(a.y)} x2={x(b.x)} y2={y(b.y)} />;
            })}
            {dots.map((dot) => {
              const { title: name, near, links: count } = seen.get(dot.id)!;
              return (
                <g key={dot.id} style={{ cursor: 'pointer' }} onClick={() => void go({ to: '/r/$id', params: { id: dot.id } })}>
                  <circle cx={x(dot.x)} cy={y(dot.y)} r={Math.min(11, 4 + Math.sqrt(count))} fill={near ? 'var(--x-series-1)' : 'var(--x-series-2)'} stroke="var(--x-surface)" strokeWidth={1.5}>
                    <title>{name}</title>
                  </circle>
                  {named.has(dot.id) && <text x={x(dot.x)} y={y(dot.y) + 20} textAnchor="middle">{name.length > 22 ? `${name.slice(0, 21)}…` : name}</text>}
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </div>
  );
}

/** Everything that is shown, each once, with how many links it has here. */
function networkOf(part: ToldPart, side: string) {
  const seen = new Map<string, Seen>();
  const links: [string, string][] = [];
  const meet = (id: string, title: string, near: boolean) => seen.set(id, seen.get(id) ?? { title, near, links: 0 });
  for (const row of part.nodes ?? []) {
    meet(row.id, row.displayName, true);
    for (const far of (row[side] as { nodes: { id: string; displayName: string }[] }).nodes) {
      meet(far.id, far.displayName, false);
      links.push([row.id, far.id]);
      seen.get(row.id)!.links++;
      seen.get(far.id)!.links++;
    }
  }
  return { seen, links, dots: placed([...seen.keys()], links) };
}
